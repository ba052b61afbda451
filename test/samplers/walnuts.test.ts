/**
 * WALNUTS against closed forms, where NUTS fails and where step sizes are far too long. Seeds are fixed; a bound of four
 * standard errors fails by chance once in 16,000 checks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Fit,
  fromFunction,
  mcseMean,
  mcseQuantile,
  model,
  normal,
  nuts,
  random,
  rhat,
  walnuts,
  type WalnutsOptions,
} from '../../src';
import { runDirectory } from '../../src/io/run-directory';
import { correlated, COVARIANCE, MEAN } from '../inference/targets';
import { eightSchools, meanOfTau } from '../../bench/models/eight-schools-forms';
import { logGamma, logistic, logitBeta, mixture, standardErrors } from './targets';

const root = mkdtempSync(join(tmpdir(), 'credence-walnuts-'));
afterAll(() => rmSync(root, { recursive: true }));

const square = (x: number): number => x * x;

/** Neal's funnel in ten dimensions, centred: v ~ N(0, 3), x ~ N(0, exp(v/2)). */
const funnel = model({})
  .param('v', normal(0, 3))
  .param('x', ({ v }) => normal(0, v.div(2).exp()), { dims: [9] })
  .condition({});

describe('with the settings of NUTS, WALNUTS', () => {
  const options = { seed: 1, draws: 4000, workers: 0 };

  test('finds a gamma, a beta and a mixture', async () => {
    const gamma = (await walnuts(logGamma, options)).draws('x').at();
    expect(standardErrors(gamma, 1.5, Math.exp)).toBeLessThan(4);
    expect(standardErrors(gamma, 3, (v) => Math.exp(2 * v))).toBeLessThan(4);
    const beta = (await walnuts(logitBeta, options)).draws('x').at();
    expect(standardErrors(beta, 2 / 7, logistic)).toBeLessThan(4);
    expect(standardErrors(beta, 10 / 392 + 4 / 49, (v) => logistic(v) ** 2)).toBeLessThan(4);
    const modes = (await walnuts(mixture, options)).draws('x').at();
    expect(standardErrors(modes, 1)).toBeLessThan(4);
    expect(standardErrors(modes, 5, square)).toBeLessThan(4);
  });

  test.each(['unit', 'diagonal', 'dense', 'low-rank', 'auto'] as const)(
    'finds means and covariances of a Gaussian, metric: %s',
    async (metric) => {
      const fit = await walnuts(correlated, { ...options, metric });
      const columns = [fit.draws('level').at(), fit.draws('slope').at(0), fit.draws('slope').at(1)];
      for (let i = 0; i < 3; i++) {
        expect(rhat(columns[i])).toBeLessThan(1.01);
        expect(standardErrors(columns[i], MEAN[i])).toBeLessThan(4);
        for (let j = 0; j <= i; j++) {
          const products = columns[i].map((chain, c) =>
            chain.map((x, k) => (x - MEAN[i]) * (columns[j][c][k] - MEAN[j])),
          );
          expect(standardErrors(products, COVARIANCE[i][j])).toBeLessThan(4);
        }
      }
    },
  );

  test('costs no more than NUTS where one step size is right everywhere', async () => {
    const scales = Float64Array.from({ length: 100 }, (_, i) => 10 ** (-1.5 + (3 * i) / 99));
    const posterior = model({})
      .param('x', normal(new Float64Array(100), scales))
      .condition({});
    const cost = (fit: Fit): number =>
      fit.stats.leapfrogs.reduce((sum, chain) => sum + chain.reduce((a, b) => a + b), 0);
    const divided = await walnuts(posterior, { seed: 2, workers: 0 });
    const plain = await nuts(posterior, { seed: 2, workers: 0 });
    expect(cost(divided)).toBeLessThan(1.2 * cost(plain));
    expect(divided.summary().warnings).toEqual([]);
    scales.forEach((scale, i) => {
      expect(standardErrors(divided.draws('x').at(i), scale * scale, square)).toBeLessThan(4);
    });
  });

  test('draws the funnel to its neck, where NUTS does not come', async () => {
    const settings = { seed: 3, draws: 20_000, workers: 0 };
    const fit = await walnuts(funnel, settings);
    const v = fit.draws('v').at();
    expect(rhat(v)).toBeLessThan(1.02);
    expect(standardErrors(v, 0)).toBeLessThan(4);
    expect(standardErrors(v, 9, square)).toBeLessThan(4);
    const all = v.flatMap((chain) => [...chain]).sort((a, b) => a - b);
    // Quantiles of N(0, 3): ∓6.979.
    for (const [probability, quantile] of [
      [0.01, -6.979],
      [0.5, 0],
      [0.99, 6.979],
    ]) {
      const found = all[Math.floor(probability * all.length)];
      const error = mcseQuantile(v, probability);
      expect(error).toBeLessThan(1);
      expect(Math.abs(found - quantile) / error).toBeLessThan(4);
    }
    const neck = (x: number): number => (x < -6.979 ? 1 : 0);
    expect(standardErrors(v, 0.01, neck)).toBeLessThan(4);
    const plain = (await nuts(funnel, settings)).draws('v').at();
    const share = plain.flatMap((chain) => [...chain.map(neck)]).reduce((a, b) => a + b) / all.length;
    expect((0.01 - share) / mcseMean(v.map((chain) => chain.map(neck)))).toBeGreaterThan(4);
  });

  test('draws a stiff banana to its tails', async () => {
    const banana = model({})
      .param('a', normal(0, 1))
      .param('b', ({ a }) => normal(a.square(), 0.1))
      .condition({});
    const fit = await walnuts(banana, { seed: 4, draws: 10_000, workers: 0 });
    const a = fit.draws('a').at();
    expect(rhat(a)).toBeLessThan(1.02);
    expect(standardErrors(a, 0)).toBeLessThan(4);
    expect(standardErrors(a, 1, square)).toBeLessThan(4);
    // P(|a| > 2.5) = 0.01242.
    expect(standardErrors(a, 0.012419, (x) => (Math.abs(x) > 2.5 ? 1 : 0))).toBeLessThan(4);
    const across = fit
      .draws('b')
      .at()
      .map((chain, c) => chain.map((b, i) => (b - a[c][i] ** 2) ** 2));
    expect(standardErrors(across, 0.01)).toBeLessThan(4);
  });

  test('finds eight schools, written with their centre', async () => {
    const fit = await walnuts(eightSchools(false), { seed: 5, draws: 20_000, workers: 0 });
    const tau = fit.draws('tau').at();
    const small = (x: number): number => (x < 0.5 ? 1 : 0);
    expect(standardErrors(tau, meanOfTau(Math.log), Math.log)).toBeLessThan(4);
    expect(standardErrors(tau, meanOfTau(small), small)).toBeLessThan(4);
  });
});

/** Five standard normals and a log-gamma (3, 2) beside them. */
const mixed = fromFunction({
  parameters: { z: [5], x: [] },
  density(position, gradient) {
    const x = position[5];
    let value = 3 * x - 2 * Math.exp(x);
    gradient[5] = 3 - 2 * Math.exp(x);
    for (let i = 0; i < 5; i++) {
      value -= position[i] ** 2 / 2;
      gradient[i] = -position[i];
    }
    return value;
  },
});

// Steps too long for undivided leapfrogs, which often have no good division or hardly a way back. Chains that start from the
// distribution itself must have it after any number of transitions, however badly they mix.
test.each<WalnutsOptions>([
  { stepSize: 2.2, maxEnergyError: 0.2, maxStepHalvings: 3 },
  { stepSize: 1.5, maxEnergyError: 1, maxStepHalvings: 1, jitter: 0.5 },
])('no step size changes the distribution: %o', async (extremes) => {
  const chains = 3000;
  const draws = 10;
  const stream = await random(8);
  const z = stream.normal(5 * chains);
  const gamma = stream.gamma(chains, 3, 2);
  const fit = await walnuts(mixed, {
    seed: 6,
    chains,
    warmup: 0,
    draws,
    metric: 'unit',
    workers: 0,
    initial: Array.from(gamma, (g, c) => ({ z: [...z.subarray(5 * c, 5 * c + 5)], x: Math.log(g) })),
    ...extremes,
  });
  const steps = new Set(fit.stats.stepSize.flatMap((chain) => [...chain]));
  expect(steps.size > 1).toBe(extremes.jitter !== undefined);
  const last = (columns: Float64Array[]): number[] => columns.map((chain) => chain[draws - 1]);
  const moved = last(fit.draws('x').at()).filter((x, c) => x !== Math.log(gamma[c])).length;
  expect(moved).toBeGreaterThan(0.9 * chains);
  /** Distance of a mean over chains from its expectation, in standard errors. */
  const distance = (values: number[], expectation: number): number => {
    const mean = values.reduce((a, b) => a + b) / chains;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (chains - 1);
    return Math.abs(mean - expectation) / Math.sqrt(variance / chains);
  };
  for (let i = 0; i < 5; i++) {
    const values = last(fit.draws('z').at(i));
    expect(distance(values, 0)).toBeLessThan(4);
    expect(distance(values.map(square), 1)).toBeLessThan(4);
    expect(
      distance(
        values.map((value) => value ** 4),
        3,
      ),
    ).toBeLessThan(4);
  }
  const g = last(fit.draws('x').at()).map(Math.exp);
  expect(distance(g, 1.5)).toBeLessThan(4);
  expect(distance(g.map(square), 3)).toBeLessThan(4);
  expect(
    distance(
      g.map((value) => 1 / value),
      1,
    ),
  ).toBeLessThan(4);
});

describe('a run', () => {
  const options = { seed: 7, chains: 3, warmup: 150, draws: 200 };

  function expectSame(one: Fit<{ v: 0; x: 1 }>, other: Fit<{ v: 0; x: 1 }>): void {
    expect(one.draws('x').flat()).toEqual(other.draws('x').flat());
    expect(one.stats).toEqual(other.stats);
    expect(one.inverseMetric).toEqual(other.inverseMetric);
    expect(one.gradientEvaluations).toBe(other.gradientEvaluations);
  }

  test('is the same with any number of workers, gone on with, and under any name of its defaults', async () => {
    const whole = await walnuts(funnel, { ...options, workers: 0 });
    for (const workers of [1, 2]) expectSame(await walnuts(funnel, { ...options, workers }), whole);
    const part = await walnuts(funnel, { ...options, draws: 50, workers: 0 });
    expectSame(await part.continue({ draws: 150 }), whole);
    const defaults = {
      maxEnergyError: 1.5,
      maxStepHalvings: 10,
      maxTreeDepth: 10,
      jitter: 0,
      targetAcceptance: 0.8,
    };
    expectSame(await walnuts(funnel, { ...options, ...defaults, workers: 0 }), whole);
  });

  test.each(['fisher', 'stan'] as const)(
    'that was interrupted goes on as if it had not been, metricAdaptation: %s',
    async (metricAdaptation) => {
      const settings = { ...options, metricAdaptation };
      const whole = await walnuts(funnel, settings);
      const directory = join(root, metricAdaptation);
      const run = walnuts(funnel, {
        ...settings,
        checkpoint: runDirectory(directory, { interval: 0 }),
        onProgress: ({ iteration }) => {
          if (iteration >= 200) throw new Error('power cut');
        },
      });
      await expect(run).rejects.toThrow('power cut');
      expectSame(await walnuts(funnel, { ...settings, checkpoint: runDirectory(directory) }), whole);
      await expect(
        walnuts(funnel, { ...settings, maxEnergyError: 1, checkpoint: runDirectory(directory) }),
      ).rejects.toThrow('maxEnergyError');
    },
  );

  test('counts its gradients, its tree depths and its divergences', async () => {
    const fit = await walnuts(funnel, { ...options, maxTreeDepth: 3, workers: 0 });
    const depths = fit.stats.treedepth.flatMap((chain) => [...chain]);
    expect(Math.max(...depths)).toBe(3);
    expect(fit.maxTreeDepth).toBe(3);
    const leapfrogs = fit.stats.leapfrogs.reduce((sum, chain) => sum + chain.reduce((a, b) => a + b), 0);
    // Some steps are divided, and warm-up counts too.
    expect(leapfrogs).toBeGreaterThan(depths.reduce((sum, depth) => sum + 2 ** depth - 1, 0));
    expect(fit.gradientEvaluations).toBeGreaterThan(leapfrogs);
    const coarse = await walnuts(funnel, { ...options, maxStepHalvings: 0, maxEnergyError: 0.3, workers: 0 });
    const divergent = coarse.stats.divergent.flatMap((chain) => [...chain]).reduce((a, b) => a + b);
    expect(divergent).toBeGreaterThan(20);
    expect(coarse.summary().warnings.map(({ kind }) => kind)).toContain('divergences');
  });
});

test('what makes no sense is refused', async () => {
  const refused = async (options: object, words: string): Promise<void> => {
    await expect(walnuts(mixture, options)).rejects.toThrow(words);
  };
  await refused({ maxEnergyError: 0 }, 'walnuts: maxEnergyError must be a finite number > 0, got 0');
  await refused({ maxEnergyError: Infinity }, 'walnuts: maxEnergyError must be a finite number > 0');
  await refused({ maxStepHalvings: 2.5 }, 'walnuts: maxStepHalvings must be an integer');
  await refused({ maxStepHalvings: 21 }, 'walnuts: maxStepHalvings must be');
  await refused({ maxStepHalvings: -1 }, 'walnuts: maxStepHalvings must be');
  await refused({ maxTreeDepth: 0 }, 'walnuts: maxTreeDepth must be');
  await refused({ jitter: 1 }, 'walnuts: jitter must be a number in [0, 1), got 1');
  // @ts-expect-error a misspelt name does not compile either
  await expect(walnuts(mixture, { maxEnergyErr: 1 })).rejects.toThrow(
    "walnuts: there is no option 'maxEnergyErr'; did you mean 'maxEnergyError'?",
  );
});

/** Sampling with `metric: 'low-rank'`: exact, cheaper where directions are strong, the same however it is run. Seeds are fixed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { crossedEffects } from '../../bench/models/crossed-effects';
import { Generator } from '../../bench/random';
import { essBulk, mcseMean, mcseSd, rhat } from '../../src/diagnostics';
import { type Fit, fromFunction, hmc, metropolis, nuts, type NutsOptions } from '../../src/inference';
import { runDirectory } from '../../src/io/run-directory';
import { density, dot, structured, variance } from '../../bench/models/structured-gaussian';

const root = mkdtempSync(join(tmpdir(), 'credence-low-rank-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('means and variances of a Gaussian are exact', () => {
  const dimension = 80;
  const gaussian = structured(dimension, 100, [100, 9, 0.05, 0.01]);
  const mean = new Generator(4).normals(dimension, 3);
  const posterior = fromFunction({ parameters: { x: [dimension] }, density: density(gaussian, mean) });

  test.each([
    ['nuts', () => nuts(posterior, { seed: 1, metric: 'low-rank', workers: 0 })],
    ['hmc', () => hmc(posterior, { seed: 2, metric: 'low-rank', workers: 0 })],
  ])('%s', async (_, run) => {
    const fit = await run();
    for (let i = 0; i < dimension; i++) {
      const draws = fit.draws('x').at(i);
      const all = draws.flatMap((chain) => [...chain]);
      const average = all.reduce((sum, x) => sum + x, 0) / all.length;
      const sd = Math.sqrt(all.reduce((sum, x) => sum + (x - average) ** 2, 0) / (all.length - 1));
      // 320 comparisons in both runs: one beyond 5 standard errors has a probability of 2e-4 if they are normal.
      expect(Math.abs(average - mean[i]) / mcseMean(draws)).toBeLessThan(5);
      expect(Math.abs(sd - Math.sqrt(variance(gaussian, i))) / mcseSd(draws)).toBeLessThan(5);
      expect(rhat(draws)).toBeLessThan(1.02);
    }
    for (const { scales, eigenvalues, eigenvectors } of fit.lowRankMetrics!) {
      expect(scales).toHaveLength(dimension);
      expect(eigenvectors).toHaveLength(eigenvalues.length);
      expect(eigenvalues.every((value) => value < 0.5 || value > 2)).toBe(true);
      // The widest and the narrowest direction are among them.
      expect(eigenvalues[eigenvalues.length - 1]).toBeGreaterThan(50);
      expect(eigenvalues[0]).toBeLessThan(0.02);
    }
    fit.inverseMetric.forEach((values) => {
      values.forEach((value, i) => {
        expect(value / variance(gaussian, i)).toBeGreaterThan(0.5);
        expect(value / variance(gaussian, i)).toBeLessThan(2);
      });
    });
  });
});

test('with five strong directions in 1000 dimensions, gradients a draw fall fiftyfold against a diagonal metric', async () => {
  const dimension = 1000;
  const gaussian = structured(dimension, 1000, [400, 100, 30, 0.02, 0.004]);
  const posterior = fromFunction({
    parameters: { x: [dimension] },
    density: density(gaussian, new Float64Array(dimension)),
  });
  const options = { seed: 1, chains: 2, warmup: 200, draws: 150, workers: 0 } as const;
  // Every 25th coordinate, and the widest direction, where a diagonal metric is slowest.
  const cost = async (
    metric: 'diagonal' | 'low-rank',
  ): Promise<{ fit: Fit<{ x: 1 }>; gradients: number }> => {
    const fit = await nuts(posterior, { ...options, metric });
    const scaled = (chain: number): Float64Array => {
      const all = fit.draws('x').chain(chain);
      return Float64Array.from({ length: options.draws }, (_, draw) => {
        const x = all.subarray(draw * dimension, (draw + 1) * dimension);
        return dot(
          gaussian.directions[0],
          x.map((value, i) => value / gaussian.scales[i]),
        );
      });
    };
    const columns = Array.from({ length: 40 }, (_, i) => fit.draws('x').at(25 * i));
    const ess = Math.min(essBulk([scaled(0), scaled(1)]), ...columns.map(essBulk));
    return {
      fit,
      gradients: dot(flat(fit.stats.leapfrogs), new Float64Array(2 * options.draws).fill(1)) / ess,
    };
  };
  const lowRank = await cost('low-rank');
  const diagonal = await cost('diagonal');
  expect(diagonal.gradients / lowRank.gradients).toBeGreaterThan(50);
  for (const { eigenvalues } of lowRank.fit.lowRankMetrics!) {
    expect(eigenvalues.length).toBeGreaterThanOrEqual(5);
    expect(eigenvalues[eigenvalues.length - 1]).toBeGreaterThan(200);
    expect(eigenvalues[0]).toBeLessThan(0.008);
  }
});

function flat(arrays: readonly Float64Array[]): Float64Array {
  return Float64Array.of(...arrays.flatMap((values) => [...values]));
}

describe('the same draws', () => {
  const posterior = crossedEffects(20, 200);
  const options = { seed: 5, chains: 2, warmup: 150, draws: 300, metric: 'low-rank' } as const;

  function expectSame(one: Fit, other: Fit): void {
    expect(one.stats).toEqual(other.stats);
    for (let i = 0; i < one.layout.size; i++) expect(one.quantityDraws(i)).toEqual(other.quantityDraws(i));
    expect(one.lowRankMetrics).toEqual(other.lowRankMetrics);
    expect(one.inverseMetric).toEqual(other.inverseMetric);
    expect(one.gradientEvaluations).toBe(other.gradientEvaluations);
  }

  test('with any number of workers', async () => {
    const here = await nuts(posterior, { ...options, workers: 0 });
    expect(here.lowRankMetrics!.every(({ eigenvalues }) => eigenvalues.length > 0)).toBe(true);
    expectSame(await nuts(posterior, { ...options, workers: 2 }), here);
  });

  test('of a run that is continued', async () => {
    const whole = await nuts(posterior, { ...options, workers: 0 });
    const part = await nuts(posterior, { ...options, draws: 100, workers: 0 });
    expectSame(await part.continue({ draws: 200 }), whole);
  });

  test.each([40, 200])('of a run that broke after transition %i and is taken up again', async (after) => {
    const whole = await nuts(posterior, { ...options, workers: 0 });
    const directory = join(root, `broken-${after}`);
    const run = nuts(posterior, {
      ...options,
      workers: 2,
      checkpoint: runDirectory(directory, { interval: 0 }),
      onProgress: ({ iteration }) => {
        if (iteration >= after) throw new Error('power cut');
      },
    });
    await expect(run).rejects.toThrow('power cut');
    expectSame(await nuts(posterior, { ...options, checkpoint: runDirectory(directory) }), whole);
  });
});

test('without warm-up the metric is a unit one', async () => {
  const fit = await nuts(crossedEffects(20, 200), {
    seed: 1,
    chains: 1,
    warmup: 0,
    draws: 5,
    stepSize: 0.1,
    metric: 'low-rank',
    workers: 0,
  });
  const [{ scales, eigenvalues }] = fit.lowRankMetrics!;
  expect(scales.every((scale) => scale === 1)).toBe(true);
  expect(eigenvalues).toHaveLength(0);
  const other = await nuts(crossedEffects(20, 200), { seed: 1, chains: 1, draws: 5, workers: 0 });
  expect(other.lowRankMetrics).toBeUndefined();
});

describe('is refused', () => {
  const posterior = crossedEffects(20, 200);

  test.each([nuts, hmc])('with Stan’s adaptation', async (sampler) => {
    await expect(sampler(posterior, { metric: 'low-rank', metricAdaptation: 'stan' })).rejects.toThrow(
      /^(nuts|hmc): metric 'low-rank' is learnt from draws and gradients, not by metricAdaptation: 'stan'$/,
    );
  });

  test('by samplers that have no use for it', async () => {
    const metric = 'low-rank' as never;
    await expect(metropolis(posterior, { metric })).rejects.toThrow(
      "metropolis: metric must be 'diagonal' or 'dense' or 'unit', got 'low-rank'",
    );
  });

  test('where it does not fit, with the memory it takes', async () => {
    const huge = fromFunction({ parameters: { x: [2_000_000] }, density: () => 0 });
    const options: NutsOptions = { seed: 1, chains: 1, metric: 'low-rank', workers: 0 };
    await expect(nuts(huge, options)).rejects.toThrow(
      "a low-rank metric in 2000000 dimensions takes 5570 MiB a chain, more than there is; try metric: 'diagonal'",
    );
  });
});

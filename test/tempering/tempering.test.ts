/**
 * Parallel tempering and sequential Monte Carlo against closed forms. Seeds are fixed; a bound of four standard errors fails by
 * chance once in 16,000 checks.
 */
import { describe, expect, test } from 'vitest';
import {
  flat,
  fromFunction,
  model,
  normal,
  parallelTempering,
  poisson,
  sequentialMonteCarlo,
  vector,
  gamma,
} from '../../src';
import { equalise } from '../../src/tempering/ladder';
import { effectiveCount, nextStep, systematic, weigh } from '../../src/inference/tempered/resample';
import { standardErrors } from '../samplers/targets';

/** ¼ N(−8, 1) + ¾ N(8, 1) in both coordinates together: means 4, second moments 65; its integral is 4 · 2π. */
const far = fromFunction({
  parameters: { x: [2] },
  density(x, gradient) {
    const a = -((x[0] + 8) ** 2 + (x[1] + 8) ** 2) / 2;
    const b = -((x[0] - 8) ** 2 + (x[1] - 8) ** 2) / 2 + Math.log(3);
    const top = Math.max(a, b);
    const sum = Math.exp(a - top) + Math.exp(b - top);
    const right = Math.exp(b - top) / sum;
    for (let i = 0; i < 2; i++) gradient[i] = -(1 - right) * (x[i] + 8) - right * (x[i] - 8);
    return top + Math.log(sum);
  },
});
const LOG_INTEGRAL = Math.log(8 * Math.PI);

/** N(0, 10²) in both coordinates, normalised. */
const wide = {
  density(x: Float64Array, gradient: Float64Array): number {
    for (let i = 0; i < 2; i++) gradient[i] = -x[i] / 100;
    return -(x[0] * x[0] + x[1] * x[1]) / 200 - Math.log(200 * Math.PI);
  },
  draw: (random: { normal(): number }) => [10 * random.normal(), 10 * random.normal()],
};

/** Whole numbers around 3 (weight 1) and 20 (weight 2): neither a walk nor a gradient leads across. */
const steps = fromFunction({
  parameters: { k: [] },
  density([k]) {
    if (!Number.isInteger(k)) return -Infinity;
    return Math.log(Math.exp(-2 * (k - 3) ** 2) + 2 * Math.exp(-2 * (k - 20) ** 2));
  },
});
const STEPS_MEAN = (3 + 2 * 20) / 3;

const gaussian = model({ y: vector('row') })
  .param('mu', normal(0, 2))
  .observe('y', ({ mu }) => normal(mu, 1))
  .condition({ y: [1, 2, 1.5, 0.3] });

const improper = model({ y: vector('row') })
  .param('mu', flat())
  .observe('y', ({ mu }) => normal(mu, 1))
  .condition({ y: [1] });

/** log p(y) of the Gaussian model: y ~ N(0, I + 4·11ᵀ). */
function gaussianEvidence(): number {
  const y = [1, 2, 1.5, 0.3];
  const sum = y.reduce((a, b) => a + b);
  const squares = y.reduce((a, b) => a + b * b, 0);
  return -2 * Math.log(2 * Math.PI) - Math.log(17) / 2 - (squares - (4 / 17) * sum * sum) / 2;
}

describe('parallel tempering', () => {
  test.each(['nuts', 'metropolis'] as const)('finds both modes with %s', async (kernel) => {
    const fit = await parallelTempering(far, { seed: 21, kernel, draws: 6000, warmup: 500, levels: 8 });
    const x = fit.draws('x').at(0);
    expect(standardErrors(x, 4)).toBeLessThan(4);
    expect(standardErrors(x, 65, (v) => v * v)).toBeLessThan(4);
    expect(fit.roundTrips).toBeGreaterThan(500);
    expect(fit.weights[0]).toBe(0.05);
    expect(fit.weights.at(-1)).toBe(1);
    // Warm-up has made neighbours alike.
    expect(Math.max(...fit.rejections) - Math.min(...fit.rejections)).toBeLessThan(0.15);
  });

  test('samples a model whose likelihood has two modes', async () => {
    const posterior = model({ y: vector('row') })
      .param('x', normal(0, 3))
      .observe('y', ({ x }) => normal(x.square(), 0.3))
      .condition({ y: [4, 4.1, 3.9] });
    const fit = await parallelTempering(posterior, { seed: 22, draws: 6000 });
    const x = fit.draws('x').at();
    expect(standardErrors(x, 0)).toBeLessThan(4);
    // By quadrature.
    const grid = Array.from({ length: 40001 }, (_, i) => -4 + i * 2e-4);
    const density = grid.map((v) =>
      Math.exp((-v * v) / 18 - [4, 4.1, 3.9].reduce((s, y) => s + (y - v * v) ** 2, 0) / 0.18),
    );
    const second = grid.reduce((s, v, i) => s + v * v * density[i], 0) / density.reduce((a, b) => a + b);
    expect(standardErrors(x, second, (v) => v * v)).toBeLessThan(4);
  });

  test('leads whole numbers across', async () => {
    const reference = ([k]: Float64Array): number => -((k - 10) ** 2) / 100;
    const fit = await parallelTempering(steps, {
      seed: 23,
      kernel: 'metropolis',
      integers: ['k'],
      initial: { k: 3 },
      draws: 8000,
      reference,
    });
    const k = fit.draws('k').at();
    expect(k.every((chain) => chain.every(Number.isInteger))).toBe(true);
    expect(standardErrors(k, STEPS_MEAN)).toBeLessThan(4);
  });

  test('gives the same draws again', async () => {
    const once = await parallelTempering(gaussian, { seed: 5, draws: 50, warmup: 50 });
    const twice = await parallelTempering(gaussian, { seed: 5, draws: 50, warmup: 50 });
    expect(twice.draws('mu').flat()).toEqual(once.draws('mu').flat());
  });

  test('says that an improper prior has no chain', async () => {
    await expect(parallelTempering(improper, { seed: 6 })).rejects.toThrow(
      /^parallelTempering: no chain survived: at weight 0\S* .*(step size|improper)/,
    );
  });

  test('refuses to begin when cancelled', async () => {
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(parallelTempering(far, { signal })).rejects.toThrow('no longer wanted');
    await expect(sequentialMonteCarlo(gaussian, { signal })).rejects.toThrow('no longer wanted');
  });

  test('can be cancelled, and refuses what makes no sense', async () => {
    const signal = AbortSignal.timeout(40);
    await expect(parallelTempering(far, { signal, draws: 1e6 })).rejects.toThrow(/timeout/);
    await expect(parallelTempering(steps, { integers: ['k'] })).rejects.toThrow(
      "integers need kernel: 'metropolis'",
    );
    const whole = { kernel: 'metropolis', integers: ['k'] } as const;
    await expect(parallelTempering(steps, whole)).rejects.toThrow(
      "parallelTempering: integers need whole initial values, and 'k' has none",
    );
    const reference = { density: () => 0, draw: () => [0.5] };
    await expect(sequentialMonteCarlo(steps, { ...whole, reference })).rejects.toThrow(
      'reference.draw must give whole numbers for integers, got 0.5 at 0',
    );
    await expect(parallelTempering(gaussian, { reference: wide.density })).rejects.toThrow(
      "a model's reference is its prior",
    );
    await expect(parallelTempering(gaussian, { levels: 1 })).rejects.toThrow(
      'levels must be an integer from 2 to 1000',
    );
  });
});

describe('sequential Monte Carlo', () => {
  test.each(['hmc', 'metropolis'] as const)(
    'finds posterior and evidence of a Gaussian with %s',
    async (kernel) => {
      const fit = await sequentialMonteCarlo(gaussian, { seed: 31, kernel, particles: 4000 });
      const mu = fit.draws('mu').flat();
      const mean = mu.reduce((a, b) => a + b) / mu.length;
      // N(4.8/4.25, 1/4.25): the standard error of 16,000 particles, resampled twice, is some 0.006.
      expect(Math.abs(mean - 4.8 / 4.25)).toBeLessThan(0.025);
      expect(fit.draws('mu').sd()[0]).toBeCloseTo(1 / Math.sqrt(4.25), 1);
      const evidence = fit.logEvidences.reduce((a, b) => a + b) / 4;
      expect(Math.abs(evidence - gaussianEvidence())).toBeLessThan(0.06);
    },
  );

  test('finds the evidence of counts', async () => {
    // Poisson counts with a gamma(3, 2) rate: p(y) = 2³/Γ(3) · Γ(3 + Σy) / (∏y! · 7^(3 + Σy)), Σy = 9.
    const posterior = model({ y: vector('row') })
      .param('rate', gamma(3, 2))
      .observe('y', ({ rate }) => poisson(rate))
      .condition({ y: [1, 0, 3, 2, 3] });
    const factorial = (n: number): number => (n < 2 ? 0 : Math.log(n) + factorial(n - 1));
    const exact =
      3 * Math.log(2) - Math.log(2) + factorial(11) - 2 * factorial(3) - factorial(2) - 12 * Math.log(7);
    const fit = await sequentialMonteCarlo(posterior, { seed: 32, particles: 4000 });
    const evidence = fit.logEvidences.reduce((a, b) => a + b) / 4;
    expect(Math.abs(evidence - exact)).toBeLessThan(0.05);
    const rate = fit.draws('rate').flat();
    expect(Math.abs(rate.reduce((a, b) => a + b) / rate.length - 12 / 7)).toBeLessThan(0.03);
  });

  test('finds both modes and the integral of a density of one’s own', async () => {
    const fit = await sequentialMonteCarlo(far, { seed: 33, particles: 4000, reference: wide, chains: 6 });
    const evidence = fit.logEvidences.reduce((a, b) => a + b) / 6;
    expect(Math.abs(evidence - LOG_INTEGRAL)).toBeLessThan(0.15);
    const x = fit.draws('x').mean();
    // Six runs, each with a share of particles in the modes that varies by some 0.02.
    expect(Math.abs(x[0] - 4)).toBeLessThan(0.6);
    expect(fit.stages.every((stages) => stages.at(-1)!.weight === 1)).toBe(true);
  });

  test('moves whole numbers with metropolis', async () => {
    const fit = await sequentialMonteCarlo(steps, {
      seed: 34,
      kernel: 'metropolis',
      integers: ['k'],
      particles: 3000,
      correlation: 0.5,
      maxMoves: 20,
      reference: {
        density: ([k]) => (k >= 0 && k < 30 ? -Math.log(30) : -Infinity),
        draw: (random) => [Math.floor(30 * random.uniform())],
      },
    });
    const k = fit.draws('k').flat();
    expect(k.every(Number.isInteger)).toBe(true);
    // The share of a mode is decided by the first particles: 12,000 of 30 numbers each.
    expect(Math.abs(k.reduce((a, b) => a + b) / k.length - STEPS_MEAN)).toBeLessThan(0.6);
  });

  test('gives every run particles of its own, whatever the seed', async () => {
    const fit = await sequentialMonteCarlo(gaussian, { seed: 2 ** 52, particles: 50 });
    expect(new Set(fit.logEvidences).size).toBe(4);
    expect(
      new Set(
        fit
          .draws('mu')
          .at()
          .map((run) => run[0]),
      ).size,
    ).toBe(4);
  });

  test('refuses priors that are none, and densities without a reference', async () => {
    await expect(sequentialMonteCarlo(improper)).rejects.toThrow(/flat/);
    await expect(sequentialMonteCarlo(far)).rejects.toThrow(
      'a fromFunction density needs the option reference',
    );
  });
});

describe('parts', () => {
  test('weights of particles', () => {
    const scalars = { exp: Math.exp, log: Math.log };
    const gains = Float64Array.of(0, Math.log(2), Math.log(3), -Infinity);
    const { weights, logMean } = weigh(gains, 1, scalars);
    [1 / 6, 2 / 6, 3 / 6, 0].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 14));
    expect(logMean).toBeCloseTo(Math.log(6 / 4), 14);
    expect(effectiveCount(weights)).toBeCloseTo(36 / 14, 12);
    const step = nextStep(Float64Array.of(0, -10, -20, -30), 1, 2, scalars);
    expect(effectiveCount(weigh(Float64Array.of(0, -10, -20, -30), step, scalars).weights)).toBeCloseTo(2, 8);
    expect([...systematic(Float64Array.of(0.5, 0, 0.25, 0.25), 0.5)]).toEqual([0, 0, 2, 3]);
  });

  test('a ladder with equal rejections', () => {
    expect(equalise([0, 0.5, 1], [0.3, 0.3])).toEqual([0, 0.5, 1]);
    // Three quarters of the barrier lie in the first half.
    const [, middle] = equalise([0, 0.5, 1], [0.6, 0.2]);
    expect(middle).toBeCloseTo(0.5 * (0.4 / 0.6), 12);
  });
});

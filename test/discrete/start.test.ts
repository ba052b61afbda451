/** Starting values from the prior: for every method, by seed and chain, in workers with the same bits; and what is refused. */
import { describe, expect, test } from 'vitest';
import {
  asPrior,
  bernoulli,
  binomial,
  ellipticalSlice,
  flat,
  fromFunction,
  gamma,
  hmc,
  type Kernel,
  laplaceApproximation,
  maximumAPosteriori,
  mclmc,
  metropolis,
  model,
  ModelError,
  normal,
  nuts,
  ordered,
  parallelTempering,
  pathfinder,
  poisson,
  type Samplable,
  sampleWith,
  sliceSampling,
  stein,
  variational,
  vector,
  withPrior,
} from '../../src';

const wide = model({ y: vector('row') })
  .param('mu', normal(0, 1000))
  .param('sigma', gamma(2, 1))
  .observe('y', ({ mu, sigma }) => normal(mu, sigma));
const posterior = wide.condition({ y: [1, 2, 3] });

/** Stays where it starts. */
const still: Kernel = {
  name: 'still',
  discrete: true,
  transition: ({ position, logDensity }) => ({ position, logDensity }),
};

async function firstPositions(seed: number, chains: number, of: Samplable = posterior): Promise<number[][]> {
  const fit = await sampleWith(of, still, { initial: 'prior', seed, chains, warmup: 0, draws: 1 });
  return fit.chains.map((_, chain) => fit.layout.quantities.map((_, i) => fit.quantityDraws(i)[chain][0]));
}

describe("initial: 'prior'", () => {
  test('draws from the prior, by seed and chain', async () => {
    const four = await firstPositions(1, 4);
    // The width of the prior is a thousand; uniform starts lie within 2.
    expect(four.filter(([mu]) => Math.abs(mu) > 20).length).toBeGreaterThanOrEqual(3);
    expect(new Set(four.map(String)).size).toBe(4);
    expect(await firstPositions(1, 2)).toEqual(four.slice(0, 2));
    expect(await firstPositions(2, 2)).not.toEqual(four.slice(0, 2));
  });

  test('has the mean and spread of the prior', async () => {
    const chains = 400;
    const starts = await firstPositions(3, chains);
    const mean = starts.reduce((sum, [, sigma]) => sum + sigma, 0) / chains;
    // Gamma(2, 1): mean 2, variance 2; 4.5 standard errors.
    expect(Math.abs(mean - 2)).toBeLessThan(4.5 * Math.sqrt(2 / chains));
    const square = starts.reduce((sum, [mu]) => sum + (mu / 1000) ** 2, 0) / chains;
    expect(Math.abs(square - 1)).toBeLessThan(4.5 * Math.sqrt(2 / chains));
  });

  test('gives every sampler the same bits with workers and without', async () => {
    const run = async (workers: number): Promise<number[]> => {
      const fit = await nuts(posterior, {
        initial: 'prior',
        seed: 5,
        chains: 3,
        warmup: 20,
        draws: 5,
        workers,
      });
      return fit.quantityDraws(0).flatMap((chain) => [...chain]);
    };
    expect(await run(2)).toEqual(await run(0));
  });

  const gaussian = model({ y: vector('row') })
    .param('mu', normal([0, 0], 10))
    .observe('y', ({ mu }) => normal(mu.sum(), 1))
    .condition({ y: [1, 2, 3] });
  const short = { initial: 'prior', seed: 1, chains: 1, warmup: 50, draws: 20, workers: 0 } as const;
  test.each<[string, () => Promise<object>]>([
    ['hmc', () => hmc(gaussian, short)],
    ['metropolis', () => metropolis(gaussian, short)],
    ['mclmc', () => mclmc(gaussian, short)],
    ['sliceSampling', () => sliceSampling(gaussian, short)],
    ['ellipticalSlice', () => ellipticalSlice(gaussian, short)],
    ['parallelTempering', () => parallelTempering(gaussian, { ...short, levels: 3 })],
    ['maximumAPosteriori', () => maximumAPosteriori(gaussian, { initial: 'prior', seed: 1 })],
    ['laplaceApproximation', () => laplaceApproximation(gaussian, { initial: 'prior', seed: 1 })],
    ['pathfinder', () => pathfinder(gaussian, { initial: 'prior', seed: 1, paths: 2 })],
    ['stein', () => stein(gaussian, { initial: 'prior', seed: 1, particles: 10, maxIterations: 50 })],
    ['variational', () => variational(gaussian, { initial: 'prior', seed: 1, maxIterations: 200 })],
  ])('is an option of %s', async (_, run) => {
    await expect(run()).resolves.toBeDefined();
  });

  test('tries again where the density is 0', async () => {
    const half = model()
      .param('x', normal(0, 1))
      .logDensity('above', ({ x }) => x.sub(1).log().mul(1e-9), { role: 'likelihood' })
      .condition();
    const starts = await firstPositions(1, 20, half);
    expect(starts.every(([x]) => x > 1)).toBe(true);
    const never = model()
      .param('x', normal(0, 1))
      .logDensity('far', ({ x }) => x.sub(100).log(), { role: 'likelihood' })
      .condition();
    await expect(nuts(never, { initial: 'prior', chains: 1 })).rejects.toThrow(
      /at all 100 starting points: the term 'far' was NaN each time/,
    );
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'an improper prior',
      () => nuts(model().param('mu', flat()).condition(), { initial: 'prior' }),
      "initial: 'prior': parameter 'mu': flat: cannot be drawn from",
    ],
    [
      'a constraint',
      () =>
        nuts(
          model()
            .param('mu', normal([0, 1], 1), { constraint: ordered })
            .condition(),
          { initial: 'prior' },
        ),
      "initial: 'prior': parameter 'mu': a prior that a constraint cuts off cannot be drawn from",
    ],
    [
      'a term of the prior',
      () =>
        nuts(
          model()
            .param('mu', normal(0, 1))
            .logDensity('pull', ({ mu }) => mu, { role: 'prior' })
            .condition(),
          { initial: 'prior' },
        ),
      "initial: 'prior': logDensity 'pull': a prior with such a term cannot be drawn from",
    ],
    [
      'earlier draws',
      async () => {
        const fit = await nuts(posterior, { seed: 1, chains: 1, warmup: 200, draws: 200 });
        return nuts(withPrior(posterior, await asPrior(posterior, fit)), { initial: 'prior' });
      },
      "initial: 'prior': the prior is one of earlier draws (withPrior), which cannot be drawn from",
    ],
  ])('is refused with %s', async (_, run, message) => {
    const error = await run().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelError);
    expect((error as Error).message).toBe(message);
  });

  test('is refused for a density function, and so are other words', async () => {
    const density = fromFunction({
      parameters: { x: [] },
      density: ([x], gradient) => ((gradient[0] = -x), (-x * x) / 2),
    });
    await expect(nuts(density, { initial: 'prior' })).rejects.toThrow(
      "initial: 'prior' needs a conditioned model; a density function does not say its prior",
    );
    await expect(nuts(posterior, { initial: 'posterior' as never })).rejects.toThrow(
      "nuts: initial must be an object of values by parameter name, or 'prior', got 'posterior'",
    );
    await expect(nuts(posterior, { chains: 2, initial: ['prior', {}] as never })).rejects.toThrow(
      "nuts: initial must be an object of values by parameter name for each chain, got 'prior'",
    );
  });
});

describe('discrete parameters', () => {
  const counts = model({ y: vector('row') })
    .param('mu', normal(0, 1))
    .param('n', poisson(1000))
    .param('k', ({ n }) => binomial(n, 0.5))
    .observe('y', ({ mu }) => normal(mu, 1))
    .condition({ y: [1] });

  async function starts(initial?: object): Promise<number[][]> {
    const fit = await sampleWith(counts, still, {
      seed: 1,
      chains: 50,
      warmup: 0,
      draws: 1,
      ...(initial && { initial: initial as never }),
    });
    return fit.chains.map((_, chain) => [0, 1, 2].map((i) => fit.quantityDraws(i)[chain][0]));
  }

  test('start from their priors, the others as ever', async () => {
    const all = await starts();
    for (const [mu, n, k] of all) {
      expect(Math.abs(mu)).toBeLessThan(2);
      // Six standard deviations.
      expect(Math.abs(n - 1000)).toBeLessThan(190);
      expect(Math.abs(k - n / 2)).toBeLessThan(3 * Math.sqrt(n));
    }
    expect(new Set(all.map(([, n]) => n)).size).toBeGreaterThan(20);
  });

  test('are drawn given what is given', async () => {
    for (const [mu, n, k] of await starts({ n: 10, mu: 1.5 })) {
      expect(mu).toBeCloseTo(1.5, 12);
      expect(n).toBe(10);
      expect(k).toBeLessThanOrEqual(10);
    }
    for (const [, n, k] of await starts({ n: 10, k: 3 })) expect([n, k]).toEqual([10, 3]);
  });

  test('must be given as whole numbers, in their support', async () => {
    await expect(starts({ n: 2.5 })).rejects.toThrow("initial: 'n' must be whole, got 2.5 at 0");
    await expect(starts({ n: 3, k: 5, mu: 0 })).rejects.toThrow(
      "the log density is −∞ at the given initial values: the term 'k' was −∞",
    );
  });

  test('start inside their support where they cannot be drawn', async () => {
    const undrawn = model().param('k', bernoulli(0.5)).condition();
    // As a distribution without a way to be drawn has it.
    const { steps } = undrawn.origin.model as unknown as { steps: { distribution: object }[] };
    const { distribution } = steps[0];
    Object.defineProperty(distribution, 'variate', {
      value: () => {
        throw new TypeError('bernoulli: cannot be drawn from');
      },
    });
    const fit = await metropolis(undrawn, { seed: 1, chains: 1, warmup: 0, draws: 200 });
    const mean = fit.mean()[0];
    expect(mean).toBeGreaterThan(0.2);
    expect(mean).toBeLessThan(0.8);
  });
});

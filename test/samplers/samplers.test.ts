/**
 * Samplers of the full build against closed forms. Seeds are fixed; a bound of four standard errors fails by chance once in
 * 16,000 checks.
 */
import { describe, expect, test } from 'vitest';
import { halfNormal, model, multivariateNormal, normal, poissonLog, vector } from '../../src';
import { rhat } from '../../src/diagnostics';
import {
  ellipticalSlice,
  type Fit,
  mclmc,
  metropolis,
  nuts,
  type Samplable,
  sliceSampling,
} from '../../src/inference';
import { correlated, COVARIANCE, MEAN } from '../inference/targets';
import { count, logGamma, logistic, logitBeta, mixture, standardErrors } from './targets';

type Sampler = <R extends Readonly<Record<string, number>>>(
  posterior: Samplable<R>,
  seed: number,
) => Promise<Fit<R>>;

const general: [string, Sampler][] = [
  ['metropolis', (posterior, seed) => metropolis(posterior, { seed, thin: 10, draws: 2000, workers: 0 })],
  [
    'slice sampling',
    (posterior, seed) => sliceSampling(posterior, { seed, thin: 3, draws: 2000, workers: 0 }),
  ],
  [
    'independence proposals',
    (posterior, seed) => {
      const d = posterior.target.dimension;
      const covariance = Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 6 : 0));
      const mean = new Float64Array(d).fill(0.3);
      return metropolis(posterior, {
        seed,
        thin: 10,
        draws: 2000,
        workers: 0,
        proposal: { mean, covariance, df: 5 },
      });
    },
  ],
  [
    'a proposal with a Hastings correction',
    (posterior, seed) =>
      metropolis(posterior, {
        seed,
        thin: 10,
        draws: 2000,
        proposal: {
          // Pulled towards the origin: q(to | from) = N(to; from/2, 1.5²).
          propose: (from, random) => {
            const position = from.map((x) => 0.5 * x + 1.5 * random.normal());
            const log = (to: Float64Array, at: Float64Array): number =>
              to.reduce((sum, x, i) => sum - (x - 0.5 * at[i]) ** 2 / 4.5, 0);
            return { position, logRatio: log(from, position) - log(position, from) };
          },
        },
      }),
  ],
];

describe.each(general)('%s', (_, sampler) => {
  test('finds a gamma', async () => {
    const x = (await sampler(logGamma, 1)).draws('x').at();
    expect(rhat(x)).toBeLessThan(1.02);
    expect(standardErrors(x, 1.5, Math.exp)).toBeLessThan(4);
    expect(standardErrors(x, 3, (v) => Math.exp(2 * v))).toBeLessThan(4);
  });

  test('finds a beta', async () => {
    const x = (await sampler(logitBeta, 2)).draws('x').at();
    expect(standardErrors(x, 2 / 7, logistic)).toBeLessThan(4);
    expect(standardErrors(x, 10 / 392 + 4 / 49, (v) => logistic(v) ** 2)).toBeLessThan(4);
  });

  test('finds both modes of a mixture', async () => {
    const x = (await sampler(mixture, 3)).draws('x').at();
    expect(standardErrors(x, 1)).toBeLessThan(4);
    expect(standardErrors(x, 5, (v) => v * v)).toBeLessThan(4);
  });
});

test.each([
  ['metropolis', () => metropolis(correlated, { seed: 5, thin: 20, draws: 2000, workers: 0 })],
  [
    'metropolis in blocks',
    () =>
      metropolis(correlated, { seed: 6, thin: 30, draws: 2000, workers: 0, blocks: [['level'], ['slope']] }),
  ],
  ['slice sampling', () => sliceSampling(correlated, { seed: 7, thin: 10, draws: 2000, workers: 0 })],
  ['adjusted MCLMC', () => mclmc(correlated, { seed: 8, thin: 4, draws: 3000, adjusted: true, workers: 0 })],
] as const)('%s finds means and covariances of a Gaussian', async (_, run) => {
  const fit = await run();
  const columns = [fit.draws('level').at(), fit.draws('slope').at(0), fit.draws('slope').at(1)];
  for (let i = 0; i < 3; i++) {
    expect(rhat(columns[i])).toBeLessThan(1.02);
    expect(standardErrors(columns[i], MEAN[i])).toBeLessThan(4);
    for (let j = 0; j <= i; j++) {
      const products = columns[i].map((chain, c) =>
        chain.map((x, k) => (x - MEAN[i]) * (columns[j][c][k] - MEAN[j])),
      );
      expect(standardErrors(products, COVARIANCE[i][j])).toBeLessThan(4);
    }
  }
});

test('metropolis takes whole steps where numbers are whole', async () => {
  const fit = await metropolis(count, {
    seed: 9,
    thin: 20,
    draws: 3000,
    workers: 0,
    integers: ['k', 'coin'],
    initial: { k: 3, coin: 0 },
  });
  // Zero-truncated Poisson: mean λ/(1 − e^−λ), second moment (λ + λ²)/(1 − e^−λ).
  const zero = 1 - Math.exp(-4);
  const k = fit.draws('k').at();
  expect(k.flatMap((chain) => [...chain]).every(Number.isInteger)).toBe(true);
  expect(standardErrors(k, 4 / zero)).toBeLessThan(4);
  expect(standardErrors(k, 20 / zero, (x) => x * x)).toBeLessThan(4);
  expect(standardErrors(fit.draws('coin').at(), 0.5)).toBeLessThan(4);
});

const covariance = [
  [2, 0.8, 0],
  [0.8, 1, -0.3],
  [0, -0.3, 0.5],
];

describe('elliptical slice sampling', () => {
  test('meets a Gaussian posterior', async () => {
    // One normal observation of each coordinate: mean (Σ⁻¹ + I)⁻¹(Σ⁻¹m + y), by hand for a diagonal prior.
    const posterior = model({ y: vector('i') })
      .param('x', normal([1, 2, 3], [1, 2, 0.5]))
      .observe('y', ({ x }) => normal(x, 1))
      .condition({ y: [0, 0, 5] });
    const fit = await ellipticalSlice(posterior, { seed: 4, thin: 5, draws: 3000, workers: 0 });
    [1, 2, 3].forEach((m, i) => {
      const scale = [1, 2, 0.5][i];
      const precision = 1 / scale ** 2 + 1;
      const mean = (m / scale ** 2 + [0, 0, 5][i]) / precision;
      expect(standardErrors(fit.draws('x').at(i), mean)).toBeLessThan(4);
      expect(standardErrors(fit.draws('x').at(i), mean ** 2 + 1 / precision, (x) => x * x)).toBeLessThan(4);
    });
  });

  test('agrees with NUTS on counts of a correlated Gaussian', async () => {
    const posterior = model({ y: vector('i') })
      .param('f', multivariateNormal([0.5, 0, 1], { covariance }))
      .observe('y', ({ f }) => poissonLog(f))
      .condition({ y: [3, 0, 4] });
    const fit = await ellipticalSlice(posterior, { seed: 5, thin: 5, draws: 4000, workers: 0 });
    const reference = await nuts(posterior, { seed: 6, draws: 4000, workers: 0 });
    for (let i = 0; i < 3; i++) {
      const x = fit.draws('f').at(i);
      const expected = reference.draws('f').mean()[i];
      // Both have Monte Carlo errors; that of NUTS is the smaller one.
      expect(standardErrors(x, expected)).toBeLessThan(5);
      expect(fit.draws('f').sd()[i] / reference.draws('f').sd()[i]).toBeCloseTo(1, 1);
    }
  });

  test('refuses a prior that is not one Gaussian', async () => {
    const posterior = model({ y: vector('i') })
      .param('scale', halfNormal(1))
      .param('x', ({ scale }) => normal(0, scale))
      .observe('y', ({ x }) => normal(x, 1))
      .condition({ y: [0, 0, 5] });
    await expect(ellipticalSlice(posterior)).rejects.toThrow(
      'the prior must be one proper Gaussian over all parameters',
    );
  });
});

test('the bias of unadjusted MCLMC falls with its energy error', async () => {
  const scales = Float64Array.from({ length: 100 }, (_, i) => 0.1 + (0.9 * i) / 99);
  const posterior = model({})
    .param('x', normal(new Float64Array(100), scales))
    .condition({});
  const bias = async (energyVariance: number): Promise<number> => {
    const fit = await mclmc(posterior, { seed: 10, metric: 'unit', energyVariance, draws: 2500, workers: 0 });
    const ratios = fit
      .draws('x')
      .sd()
      .map((sd, i) => (sd / scales[i]) ** 2);
    return ratios.reduce((a, b) => a + b) / 100 - 1;
  };
  const rough = await bias(0.1);
  const fine = await bias(5e-4);
  // A hundred variances from some 5,000 effective draws each: the mean's standard error is 0.002. Variances come out small.
  expect(Math.abs(fine)).toBeLessThan(0.025);
  expect(rough).toBeLessThan(-0.05);
  expect(rough).toBeGreaterThan(-0.15);
});

test('what makes no sense is refused', async () => {
  await expect(mclmc(mixture)).rejects.toThrow('mclmc: the posterior must have at least 2 dimensions, got 1');
  await expect(mclmc(correlated, { adjusted: true, energyVariance: 1 })).rejects.toThrow(
    'energyVariance is for adjusted: false',
  );
  await expect(mclmc(correlated, { targetAcceptance: 0.5 })).rejects.toThrow(
    'targetAcceptance is for adjusted: true',
  );
  await expect(metropolis(correlated, { blocks: [['levle']] })).rejects.toThrow(
    "blocks: there is no parameter 'levle'; did you mean 'level'?",
  );
  await expect(metropolis(correlated, { blocks: [['level'], ['level']] })).rejects.toThrow(
    "'level' is in two blocks",
  );
  await expect(metropolis(correlated, { blocks: [['level']], metric: 'dense' })).rejects.toThrow(
    'blocks need metric',
  );
  await expect(metropolis(correlated, { proposal: { mean: [0], covariance: [] } })).rejects.toThrow(
    'proposal.mean must have 3 values, got 1',
  );
  await expect(
    metropolis(correlated, { proposal: { mean: [0, 0, 0], covariance: [1, 2, 0, 2, 1, 0, 0, 0, 1] } }),
  ).rejects.toThrow('proposal.covariance must be positive definite');
  await expect(metropolis(count, { integers: ['k'] })).rejects.toThrow(
    "integers need whole initial values, and 'k' has none",
  );
  await expect(sliceSampling(mixture, { metric: 'dense' } as never)).rejects.toThrow(
    "sliceSampling: there is no option 'metric'",
  );
});

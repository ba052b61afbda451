/** Predictions through one call from whatever inference gave, and what plugging in a point costs. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  hmc,
  laplaceApproximation,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  type NamedDraws,
  normal,
  nuts,
  parallelTempering,
  pathfinder,
  predict,
  sequentialMonteCarlo,
  variational,
  vector,
} from '../../src';
import type * as Example from '../../examples/prediction-methods';

const y = [1.2, 0.7, 1.9];
const posterior = model({ y: vector('row') })
  .param('mu', normal(0, 10))
  .observe('y', ({ mu }) => normal(mu, 1))
  .condition({ y });
// In closed form: mu | y is normal, and so is what comes next.
const variance = 1 / (y.length + 0.01);
const mean = variance * y.reduce((sum, value) => sum + value, 0);

const bayesian: readonly [string, () => Promise<NamedDraws>][] = [
  ['nuts', () => nuts(posterior, { seed: 1 })],
  ['hmc', () => hmc(posterior, { seed: 1 })],
  ['laplaceApproximation', () => laplaceApproximation(posterior, { seed: 1, draws: 2000 })],
  ['variational', () => variational(posterior, { seed: 1, draws: 2000 })],
  ['pathfinder', () => pathfinder(posterior, { seed: 1, draws: 2000 })],
  ['sequentialMonteCarlo', () => sequentialMonteCarlo(posterior, { seed: 1, particles: 500 })],
  ['parallelTempering', () => parallelTempering(posterior, { seed: 1, levels: 4 })],
];

describe('the predictive distribution of a normal mean', () => {
  test.each(bayesian)('from %s', async (_, infer) => {
    const next = await predict(posterior, await infer(), { data: { y: [0] }, seed: 3, repeats: 5 });
    // Some 400 effective draws at the least: five standard errors of mean and variance.
    expect(Math.abs(next.mean()[0] - mean)).toBeLessThan(5 * Math.sqrt((variance + 0.2) / 400));
    expect(Math.abs(next.covariance()[0] - 1 - variance)).toBeLessThan(0.25);
    expect(next.covariance()[0]).toBeGreaterThan(1.1);
  });

  test.each([
    ['maximumLikelihood', maximumLikelihood, 3.8 / 3],
    ['maximumAPosteriori', maximumAPosteriori, mean],
  ] as const)('is the plug-in from %s, which is narrower', async (_, estimate, centre) => {
    const point = await estimate(posterior, { seed: 1 });
    const next = await predict(posterior, point, { data: { y: [0] }, seed: 3, repeats: 20_000 });
    expect(next.drawsPerChain).toBe(20_000);
    expect(Math.abs(next.mean()[0] - centre)).toBeLessThan(4 / Math.sqrt(20_000));
    expect(Math.abs(next.covariance()[0] - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
  });
});

test('repeats follow their draw, also across blocks and chains', async () => {
  const derived = model({ y: vector('row') })
    .param('mu', normal(0, 10))
    .derive('same', ({ mu }) => mu)
    .observe('y', ({ mu }) => normal(mu, 1))
    .condition({ y });
  const fit = await nuts(derived, { seed: 1, chains: 2, draws: 400 });
  const next = await predict(derived, fit, { seed: 1, repeats: 30, names: ['same'] });
  for (const chain of [0, 1]) {
    const values = next.draws('same').chain(chain);
    const mu = fit.draws('mu').chain(chain);
    expect(values.length).toBe(12_000);
    values.forEach((value, i) => expect(value).toBe(mu[Math.floor(i / 30)]));
  }
  const once = await predict(derived, fit, { seed: 1 });
  expect(await predict(derived, fit, { seed: 1, repeats: 1 })).toEqual(once);
  for (const repeats of [0, 1.5, NaN]) {
    await expect(predict(derived, fit, { repeats })).rejects.toThrow(
      `predict: repeats must be an integer ≥ 1, got ${repeats}`,
    );
  }
});

describe('the example with ten predictors', () => {
  let little: Record<string, Example.Scores>;
  let much: Record<string, Example.Scores>;
  beforeAll(async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const example = await import('../../examples/prediction-methods');
    log.mockRestore();
    const named = (scores: readonly Example.Scores[]): Record<string, Example.Scores> =>
      Object.fromEntries(scores.map((score) => [score.method, score]));
    [little, much] = [named(example.little), named(example.much)];
  });

  test('with little data the full posterior predicts better than a point, and knows how well', () => {
    const full = little['full posterior'];
    for (const method of ['maximum likelihood', 'maximum a posteriori']) {
      expect(full.logScore).toBeGreaterThan(little[method].logScore + 1);
      expect(full.crps).toBeLessThan(little[method].crps - 0.05);
      expect(little[method].coverage).toBeLessThan(0.7);
    }
    expect(Math.abs(full.coverage - 0.9)).toBeLessThan(0.06);
    for (const method of ['Laplace', 'mean-field VI']) {
      expect(little[method].logScore).toBeGreaterThan(little['maximum a posteriori'].logScore + 1);
    }
  });

  test('with much data all methods agree', () => {
    const full = much['full posterior'];
    for (const score of Object.values(much)) {
      expect(Math.abs(score.logScore - full.logScore)).toBeLessThan(0.01);
      expect(Math.abs(score.crps - full.crps)).toBeLessThan(0.005);
      expect(Math.abs(score.coverage - 0.9)).toBeLessThan(0.04);
    }
  });
});

/** Families of several parameters against the joint density of all data, and their algebra. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  dirichletCategorical,
  dirichletMultinomialCounts,
  linearRegression,
  multivariateNormalNormal,
  normalInverseGamma,
  normalInverseWishart,
} from '../../src/conjugate';
import { random } from '../../src/random';
import { relativeError } from './relative-error';

const tables = JSON.parse(readFileSync(new URL('./several.json', import.meta.url), 'utf8'));

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, error = 1e-12): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(relativeError(found[i], expected[i])).toBeLessThan(error);
}

it('normal-inverse-gamma: the data are jointly t', () => {
  const { prior, data, logEvidence } = tables.normalInverseGamma;
  const start = normalInverseGamma(prior);
  const posterior = start.update(data);
  expect(relativeError(posterior.logEvidence, logEvidence)).toBeLessThan(1e-12);
  const other = start.update(data.slice(3)).merge(start.update(data.slice(0, 3)));
  expectClose(Object.values(other.hyperparameters), Object.values(posterior.hyperparameters), 1e-15);
  // The predictive density is the ratio of evidences.
  const next = start.update([...data, 0.7]).logEvidence - posterior.logEvidence;
  expect(relativeError(posterior.predictive().logDensity(0.7), next)).toBeLessThan(1e-12);
});

it('linear regression: the responses are jointly t, of a design without full rank', () => {
  const { x, y, coefficients, covariance, shape, scale, logEvidence, mean, variance, at, predictive } =
    tables.linearRegression;
  const start = linearRegression({ predictors: 3, coefficients, covariance, shape, scale });
  const posterior = start.update({ x, y });
  expect(relativeError(posterior.logEvidence, logEvidence)).toBeLessThan(1e-12);
  expectClose(posterior.mean.coefficients, mean, 1e-11);
  expect(relativeError(posterior.mean.variance, variance)).toBeLessThan(1e-12);
  for (const [t, log] of predictive) {
    expect(relativeError(posterior.predictive(at).logDensity(t), log)).toBeLessThan(1e-12);
  }
  const parts = start
    .update({ x: x.slice(4), y: y.slice(4) })
    .update({ x: x.slice(0, 4).flat(), y: y.slice(0, 4) });
  expectClose(parts.mean.coefficients, posterior.mean.coefficients, 1e-12);
  expect(relativeError(parts.logEvidence, posterior.logEvidence)).toBeLessThan(1e-13);
});

it('linear regression: as good on an ill-conditioned design as the data allow', async () => {
  // Two columns that differ by 1e-7 of their size: their products would leave two digits, reflections leave nine.
  const stream = await random(5);
  const n = 400;
  const a = stream.normal(n);
  const b = stream.normal(n);
  const x = Array.from(a, (value, i) => [1, value, value + 1e-7 * b[i]]);
  const y = x.map(([, p, q]) => 2 + 3 * p - 3 * q + 1e7 * 0.5 * (q - p));
  const posterior = linearRegression({ predictors: 3, sd: 1e9, shape: 1, scale: 1 }).update({ x, y });
  // 3p − 3q + 5e6 (q − p): the coefficients are −4999997 and 4999997.
  const { coefficients } = posterior.mean;
  expect(Math.abs(coefficients[2] / 4999997 - 1)).toBeLessThan(1e-6);
  expect(Math.abs(coefficients[0] - 2)).toBeLessThan(1e-6);
});

it('linear regression: more columns than rows, and any order of updates', async () => {
  const stream = await random(6);
  const start = linearRegression({ predictors: 12, sd: 2, shape: 2, scale: 1 });
  const x = stream.normal(5 * 12);
  const y = stream.normal(5);
  const all = start.update({ x, y });
  let one = start;
  for (let i = 4; i >= 0; i--) one = one.update({ x: x.subarray(12 * i, 12 * i + 12), y: [y[i]] });
  expect(relativeError(one.logEvidence, all.logEvidence)).toBeLessThan(1e-13);
  const { mean } = all.distribution.linear(x.subarray(0, 12));
  expect(Number.isFinite(mean)).toBe(true);
  expect(relativeError(one.predictive(x.subarray(0, 12)).location, mean)).toBeLessThan(1e-11);
});

it('linear regression: the tuned scale has the greatest evidence around', async () => {
  const stream = await random(7);
  const n = 200;
  const x = stream.normal(n * 4);
  const y = stream.normal(n).map((noise, i) => 0.3 * x[4 * i] - 0.2 * x[4 * i + 2] + noise);
  const start = linearRegression({ predictors: 4, sd: 50, shape: 1, scale: 1 }).update({ x, y });
  const tuned = start.tunePriorScale();
  const scaleOf = (posterior: typeof tuned): number => 1 / posterior.prior.precisionFactor[0];
  expect(scaleOf(tuned)).toBeGreaterThan(0.05);
  expect(scaleOf(tuned)).toBeLessThan(1);
  for (const factor of [0.97, 1.03]) {
    const near = linearRegression({ predictors: 4, sd: scaleOf(tuned) * factor, shape: 1, scale: 1 });
    expect(near.update({ x, y }).logEvidence).toBeLessThan(tuned.logEvidence);
  }
  expect(tuned.logEvidence).toBeGreaterThan(start.logEvidence + 5);
});

it('multivariate normal of known covariance: the data are jointly normal', () => {
  const { prior, data, logEvidence, mean, covariance, predictive } = tables.multivariateNormalNormal;
  const start = multivariateNormalNormal(prior);
  const posterior = start.update(data);
  expect(relativeError(posterior.logEvidence, logEvidence)).toBeLessThan(1e-12);
  expectClose(posterior.mean, mean);
  expectClose(posterior.distribution.covariance, covariance, 1e-12);
  expect(relativeError(posterior.predictive().logDensity([0.3, 0.4]), predictive)).toBeLessThan(1e-12);
  const parts = start.update(data.slice(2)).update(data.slice(0, 2));
  expectClose(parts.mean, posterior.mean, 1e-14);
  expect(posterior.klDivergence(parts)).toBeCloseTo(0, 12);
});

it('normal-inverse-Wishart: the chain of predictive densities is the evidence', () => {
  const { prior, data, logEvidence, mean, covariance, logDensity } = tables.normalInverseWishart;
  const start = normalInverseWishart(prior);
  const posterior = start.update(data);
  expect(relativeError(posterior.logEvidence, logEvidence)).toBeLessThan(1e-12);
  expectClose(posterior.mean.mean, mean);
  expectClose(posterior.mean.covariance, covariance);
  const at = { mean: Float64Array.of(0.5, 0.5), covariance: Float64Array.of(2, 0.3, 0.3, 1.5) };
  expect(relativeError(posterior.logDensity(at), logDensity)).toBeLessThan(1e-12);
  const next = start.update([...data, [0.2, 0.1]]).logEvidence - posterior.logEvidence;
  expect(relativeError(posterior.predictive().logDensity([0.2, 0.1]), next)).toBeLessThan(1e-11);
});

// Monte Carlo: the mean of log p − log q over draws of p, within five standard errors.
it.each([
  ['normal-inverse-gamma', normalInverseGamma({ mean: 0, strength: 1, shape: 3, scale: 2 }), [1, 2, 0.5]],
  [
    'normal-inverse-Wishart',
    normalInverseWishart({ mean: [0, 0], strength: 1, df: 6, scale: [2, 0.5, 0.5, 1] }),
    [
      [1, 2],
      [0, 1],
    ],
  ],
  [
    'multivariate normal',
    multivariateNormalNormal({ mean: [0, 0], covariance: [2, 0.5, 0.5, 1], noise: [1, 0, 0, 1] }),
    [
      [1, 2],
      [0, 1],
    ],
  ],
  [
    'linear regression',
    linearRegression({ predictors: 2, sd: 1, shape: 3, scale: 2 }),
    {
      x: [
        [1, 2],
        [1, 0],
      ],
      y: [0.5, 1],
    },
  ],
  ['dirichlet', dirichletMultinomialCounts({ concentration: [1, 2, 3] }), [[2, 0, 1]]],
] as const)('%s: divergences and densities agree with draws', async (_name, prior, data) => {
  const posterior = (prior as unknown as { update(data: unknown): typeof prior }).update(data);
  const count = 4000;
  const draws = posterior.draws(await random(3), count) as Float64Array | Record<string, Float64Array>;
  const slice = (array: Float64Array, i: number): Float64Array | number => {
    const each = array.length / count;
    return each === 1 ? array[i] : array.subarray(i * each, (i + 1) * each);
  };
  const differences = Float64Array.from({ length: count }, (_, i) => {
    const at = (
      draws instanceof Float64Array
        ? slice(draws, i)
        : Object.fromEntries(Object.entries(draws).map(([key, values]) => [key, slice(values, i)]))
    ) as never;
    return posterior.logDensity(at) - prior.logDensity(at);
  });
  const mean = differences.reduce((a, b) => a + b, 0) / count;
  const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / count);
  const exact = (posterior as { klDivergence(other: unknown): number }).klDivergence(prior);
  expect(exact).toBeGreaterThan(0.1);
  expect(Math.abs(mean - exact)).toBeLessThan((5 * sd) / Math.sqrt(count));
});

it('categories: counts are added, and add-one smoothing is the mean', () => {
  const start = dirichletCategorical({ concentration: [1, 1, 1] });
  const posterior = start.update([0, 2, 2, 1, 2]);
  expect([...posterior.hyperparameters.concentration]).toEqual([2, 2, 4]);
  expect([...posterior.mean]).toEqual([2 / 8, 2 / 8, 4 / 8]);
  expect(posterior.predictive().density(2)).toBeCloseTo(0.5, 14);
  expect(posterior.logEvidence).toBeCloseTo(start.update({ counts: [1, 1, 3] }).logEvidence, 12);
  // Γ(3)/Γ(8) · 1! 1! 3!
  expect(posterior.logEvidence).toBeCloseTo(Math.log((2 * 6) / 5040), 12);
  expect(posterior.priorStrength).toEqual({ mean: 3, mode: 0 });
  // One vector of the same counts can have come in 5!/3! orders.
  const counts = dirichletMultinomialCounts({ concentration: [1, 1, 1] }).update([[1, 1, 3]]);
  expect(counts.logEvidence).toBeCloseTo(posterior.logEvidence + Math.log(20), 12);
  expect(counts.merge(counts).hyperparameters.concentration).toEqual(Float64Array.of(3, 3, 7));
});

/** Constructors refuse impossible parameters at once, and say which. */
import { expect, test } from 'vitest';
import {
  bernoulli,
  beta,
  betaBinomial,
  betaProportion,
  binomial,
  cauchy,
  chiSquared,
  discreteUniform,
  exponential,
  exponentiallyModifiedNormal,
  flat,
  frechet,
  gamma,
  generalizedPareto,
  geometric,
  gumbel,
  halfCauchy,
  halfNormal,
  halfStudentT,
  hypergeometric,
  inverseChiSquared,
  inverseGamma,
  laplace,
  logistic,
  logNormal,
  negativeBinomial,
  negativeBinomialLog,
  negativeBinomialShapeRate,
  normal,
  pareto,
  poisson,
  rayleigh,
  scaledInverseChiSquared,
  skewNormal,
  studentT,
  uniform,
  vonMises,
  wald,
  weibull,
} from '../../src/distributions';
import { integers, model, vector } from '../../src/model';

test.each<[() => unknown, string]>([
  [() => normal(0, -1), 'normal: scale must be > 0, got -1'],
  [() => normal(0, 0), 'normal: scale must be > 0, got 0'],
  [() => normal(NaN, 1), 'normal: location must be finite, got NaN'],
  [() => normal(0, Infinity), 'normal: scale must be > 0, got Infinity'],
  [() => normal(0, [1, 2, -3]), 'normal: scale must be > 0, got -3 at [2]'],
  [() => normal(0, [[1], [0]]), 'normal: scale must be > 0, got 0 at [1, 0]'],
  [() => normal(0, Float64Array.of(1, NaN)), 'normal: scale must be > 0, got NaN at [1]'],
  [() => normal('0' as unknown as number, 1), "normal: location must be finite, got '0'"],
  [() => normal(undefined as unknown as number, 1), 'normal: location must be finite, got undefined'],
  [() => (normal as (location: number) => unknown)(0), 'normal: scale must be > 0, got undefined'],
  [() => halfNormal(-2), 'halfNormal: scale must be > 0, got -2'],
  [() => cauchy(0, 0), 'cauchy: scale must be > 0, got 0'],
  [() => halfCauchy(0), 'halfCauchy: scale must be > 0, got 0'],
  [() => studentT(0, 0, 1), 'studentT: df must be > 0, got 0'],
  [() => halfStudentT(3, -1), 'halfStudentT: scale must be > 0, got -1'],
  [() => uniform(1, 1), 'uniform: lower must be below upper, got lower 1 and upper 1'],
  [() => uniform(0, Infinity), 'uniform: upper must be finite, got Infinity'],
  [() => flat({ lower: 2, upper: 1 }), 'flat: lower must be below upper, got lower 2 and upper 1'],
  [() => flat({ lower: NaN }), 'flat: lower must be a number, got NaN'],
  [() => exponential(0), 'exponential: rate must be > 0, got 0'],
  [() => gamma(-1, 1), 'gamma: shape must be > 0, got -1'],
  [() => inverseGamma(1, 0), 'inverseGamma: scale must be > 0, got 0'],
  [() => beta(1, 0), 'beta: b must be > 0, got 0'],
  [() => logNormal(0, -1), 'logNormal: scale must be > 0, got -1'],
  [() => laplace(0, 0), 'laplace: scale must be > 0, got 0'],
  [() => bernoulli(1.5), 'bernoulli: probability must be between 0 and 1, got 1.5'],
  [() => binomial(2.5, 0.5), 'binomial: trials must be an integer ≥ 0, got 2.5'],
  [() => poisson(-1), 'poisson: rate must be ≥ 0, got -1'],
  [() => logistic(0, 0), 'logistic: scale must be > 0, got 0'],
  [() => gumbel(NaN, 1), 'gumbel: location must be finite, got NaN'],
  [() => skewNormal(0, 1, Infinity), 'skewNormal: shape must be finite, got Infinity'],
  [() => exponentiallyModifiedNormal(0, 1, 0), 'exponentiallyModifiedNormal: rate must be > 0, got 0'],
  [() => chiSquared(0), 'chiSquared: df must be > 0, got 0'],
  [() => inverseChiSquared(-1), 'inverseChiSquared: df must be > 0, got -1'],
  [() => scaledInverseChiSquared(1, 0), 'scaledInverseChiSquared: scale must be > 0, got 0'],
  [() => weibull(0, 1), 'weibull: shape must be > 0, got 0'],
  [() => frechet(1, -1), 'frechet: scale must be > 0, got -1'],
  [() => rayleigh(0), 'rayleigh: scale must be > 0, got 0'],
  [() => pareto(0, 1), 'pareto: minimum must be > 0, got 0'],
  [() => betaProportion(1, 2), 'betaProportion: mean must be strictly between 0 and 1, got 1'],
  [() => wald(1, [2, 0]), 'wald: shape must be > 0, got 0 at [1]'],
  [() => generalizedPareto(0, 0, 1), 'generalizedPareto: scale must be > 0, got 0'],
  [() => vonMises(0, -1), 'vonMises: concentration must be ≥ 0, got -1'],
  [() => geometric(0), 'geometric: probability must be above 0 and at most 1, got 0'],
  [() => negativeBinomial(0, 1), 'negativeBinomial: mean must be > 0, got 0'],
  [() => negativeBinomialLog(1, 0), 'negativeBinomialLog: dispersion must be > 0, got 0'],
  [() => negativeBinomialShapeRate(1, 0), 'negativeBinomialShapeRate: rate must be > 0, got 0'],
  [() => betaBinomial(1.5, 1, 1), 'betaBinomial: trials must be an integer ≥ 0, got 1.5'],
  [() => hypergeometric(8, 3, 4), 'hypergeometric: lower must not be above upper, got lower 4 and upper 3'],
  [() => discreteUniform(0.5, 2), 'discreteUniform: lower must be an integer, got 0.5'],
  [() => discreteUniform(2, 1), 'discreteUniform: lower must not be above upper, got lower 2 and upper 1'],
])('%s', (attempt, message) => {
  expect(attempt).toThrow(new RangeError(message));
});

test('infinite bounds are none', () => {
  expect(flat({ lower: -Infinity, upper: Infinity }).support).toEqual(flat().support);
  expect(flat({ lower: 0, upper: Infinity }).support).toEqual(flat({ lower: 0 }).support);
});

test('a density of nothing but numbers has no graph to be built in', () => {
  expect(() => normal(0, 1).logDensity(2)).toThrow('normal: none of the arguments is an expression');
});

test('counts of no trials are possible, as data too', () => {
  const seen = model({ y: integers('row'), n: integers('row') })
    .param('p', beta(1, 1))
    .observe('y', ({ n, p }) => binomial(n, p));
  expect(seen.condition({ y: [0, 1], n: [0, 2] }).dimension).toBe(1);
  expect(() => seen.condition({ y: [1, 1], n: [0, 2] })).toThrow(
    /element \[0\] is 1, but binomial expects an integer from 0 to 0/,
  );
});

test('data outside of a support are found before sampling', () => {
  const seen = model({ y: vector('row') })
    .param('m', flat({ lower: 0 }))
    .observe('y', ({ m }) => pareto(2, m.add(1)));
  expect(() => seen.condition({ y: [3, 1.5] })).toThrow(
    /element \[1\] is 1.5, but pareto expects a number ≥ 2/,
  );
});

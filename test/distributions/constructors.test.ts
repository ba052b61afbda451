/** Constructors refuse impossible parameters at once, and say which. */
import { expect, test } from 'vitest';
import {
  bernoulli,
  beta,
  binomial,
  cauchy,
  exponential,
  flat,
  gamma,
  halfCauchy,
  halfNormal,
  halfStudentT,
  inverseGamma,
  laplace,
  logNormal,
  normal,
  poisson,
  studentT,
  uniform,
} from '../../src/distributions';

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

/** Masses over whole numbers sum to one, and their running sums are the distribution function. */
import { expect, test } from 'vitest';
import {
  betaBinomial,
  binomial,
  discreteUniform,
  geometric,
  hypergeometric,
  negativeBinomial,
  negativeBinomialShapeRate,
  poisson,
  type Distribution,
} from '../../src/distributions';
import { evaluate } from './evaluate';

test.each<[string, Distribution, number, number]>([
  ['geometric(0.3)', geometric(0.3), 0, 120],
  ['negativeBinomial(4, 0.7)', negativeBinomial(4, 0.7), 0, 400],
  ['negativeBinomial(4, 1e9)', negativeBinomial(4, 1e9), 0, 60],
  ['negativeBinomialShapeRate(2, 0.5)', negativeBinomialShapeRate(2, 0.5), 0, 200],
  ['poisson(7)', poisson(7), 0, 80],
  ['binomial(40, 0.9)', binomial(40, 0.9), 0, 40],
  ['betaBinomial(30, 0.4, 2)', betaBinomial(30, 0.4, 2), 0, 30],
  ['betaBinomial(30, 1e9, 2e9)', betaBinomial(30, 1e9, 2e9), 0, 30],
  ['hypergeometric(10, 7, 8)', hypergeometric(10, 7, 8), 2, 7],
  ['discreteUniform(-2, 6)', discreteUniform(-2, 6), -2, 6],
])('%s', (_name, distribution, from, to) => {
  const y = Array.from({ length: to - from + 3 }, (_, k) => from - 1 + k);
  const masses = evaluate((x) => distribution.logDensity(x), [y]).values.map(Math.exp);
  const sums = masses.map(
    (
      (sum) => (mass: number) =>
        (sum += mass)
    )(0),
  );
  expect(sums.at(-1)).toBeCloseTo(1, 11);
  expect(masses[0]).toBe(0);
  if (!distribution.hasCdf) return;
  evaluate((x) => distribution.cdf(x), [y]).values.forEach((value, i) =>
    expect(value, `at ${y[i]}`).toBeCloseTo(sums[i], 11),
  );
});

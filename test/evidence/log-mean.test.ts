/** Means of numbers that overflow, by their logarithms. */

import { expect, it } from 'vitest';
import { logMeanExp, softmax } from '../../src/diagnostics/log-sum-exp';
import { logMeanOf } from '../../src/evidence/log-mean';

const large = 5000;
const logs = Float64Array.from([1, 2, 6], (x) => Math.log(x) + large);

it('gives the logarithm of the mean, with the relative standard error of the mean', () => {
  const { estimate, standardError } = logMeanOf(logs);
  expect(estimate).toBeCloseTo(Math.log(3) + large, 10);
  // The variance of 1, 2 and 6 is 7.
  expect(standardError).toBeCloseTo(Math.sqrt(7 / 3) / 3, 10);
  expect(logMeanExp(logs)).toBe(estimate);
});

it('counts what is impossible as nothing', () => {
  expect(logMeanOf(Float64Array.of(-Infinity, 0)).estimate).toBeCloseTo(-Math.log(2), 14);
  expect(softmax([-Infinity, 3])).toEqual([0, 1]);
});

it('normalises', () => {
  softmax([...logs]).forEach((share, i) => expect(share).toBeCloseTo([1, 2, 6][i] / 9, 11));
  expect(softmax([large, large], [1, 3])).toEqual([0.25, 0.75]);
});

/** Factors, solutions and moments against their definitions, on matrices of which both are known. */

import { describe, expect, it } from 'vitest';
import {
  checkSymmetric,
  choleskyOf,
  covarianceOf,
  inverseOf,
  meanOf,
  mirrorLower,
  solveLower,
  solveLowerTransposed,
  squaredLength,
  times,
  timesLower,
  timesLowerTransposed,
  timesTranspose,
} from '../../src/matrix';

/** A factor and its matrix, in whole numbers: nothing is rounded. */
const lower = Float64Array.of(2, 0, 0, 6, 1, 0, -8, 5, 3);
const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
const x = Float64Array.of(1, -2, 3);

describe('Cholesky factors', () => {
  it('are found, and multiplied out', () => {
    expect(choleskyOf(matrix, 3)).toEqual(lower);
    expect(timesTranspose(lower, 3)).toEqual(matrix);
  });

  it('read the lower triangle only', () => {
    expect(choleskyOf([4, NaN, 12, 37], 2)).toEqual(Float64Array.of(2, 0, 6, 1));
  });

  it('are undefined without positive definiteness', () => {
    expect(choleskyOf([1, 2, 2, 1], 2)).toBeUndefined();
    expect(choleskyOf([1, 1, 1, 1], 2)).toBeUndefined();
    expect(choleskyOf([Infinity], 1)).toBeUndefined();
    expect(choleskyOf([NaN], 1)).toBeUndefined();
  });
});

it('multiplies by a lower triangle and its transpose, and takes both back', () => {
  expect(timesLower(lower, x)).toEqual(Float64Array.of(2, 4, -9));
  expect(timesLowerTransposed(lower, x)).toEqual(Float64Array.of(-34, 13, 9));
  expect(solveLower(lower, [2, 4, -9])).toEqual(x);
  expect(solveLowerTransposed(lower, [-34, 13, 9])).toEqual(x);
});

it('multiplies matrices that are not square', () => {
  expect(times([1, 2, 3, 4, 5, 6], x)).toEqual(Float64Array.of(6, 12));
  expect(squaredLength(x)).toBe(14);
  expect(timesTranspose(Float64Array.of(1, 2, 3, 4, 5, 6), 2)).toEqual(Float64Array.of(14, 32, 32, 77));
});

it('inverts to a matrix that is symmetric to the last bit', () => {
  const size = 12;
  const product = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return 1 / (1 + Math.abs(i - j)) + (i === j ? 1 / 3 : 0);
  });
  const inverse = inverseOf(choleskyOf(product, size)!, size);
  expect(mirrorLower(inverse.slice(), size)).toEqual(inverse);
  for (let j = 0; j < size; j++) {
    const column = inverse.subarray(j * size, (j + 1) * size);
    times(product, column).forEach((value, i) => expect(value).toBeCloseTo(i === j ? 1 : 0, 13));
  }
});

describe('moments', () => {
  const vectors = Float64Array.of(1, 10, 3, 10, 5, 40);

  it('are those of the definition', () => {
    const mean = meanOf(vectors, 2);
    expect(Array.from(mean)).toEqual([3, 20].map((value) => expect.closeTo(value, 14)));
    expect(covarianceOf(vectors, Float64Array.of(3, 20), 2)).toEqual(Float64Array.of(4, 30, 30, 300));
  });

  it('count a vector as often as its weight says', () => {
    const weights = Float64Array.of(0.25, 0.25, 0.5);
    const repeated = Float64Array.of(...vectors, 5, 40);
    const mean = meanOf(vectors, 2, weights);
    expect(mean).toEqual(meanOf(repeated, 2));
    expect(covarianceOf(vectors, mean, weights)).toEqual(covarianceOf(repeated, mean, 4));
  });
});

it('names the elements that are not symmetric, rounding aside', () => {
  checkSymmetric('f', 'scale', [1, 0.3, 0.1 + 0.2, 1], 2);
  expect(() => checkSymmetric('f', 'scale', [1, 2, 3, 1], 2)).toThrow(
    'f: scale must be symmetric, got 3 at [1, 0] and 2 at [0, 1]',
  );
});

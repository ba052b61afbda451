/** Mean, spread and movement of a cloud of particles. */

import { covarianceOf, meanOf } from '../../matrix';

/** Positions, particle after particle. */
export interface Cloud {
  readonly positions: Float64Array;
  readonly dimension: number;
}

/** Variance of each coordinate; 1 where all particles agree. */
export function variances({ positions, dimension }: Cloud): Float64Array {
  const count = positions.length / dimension;
  return meanOf(positions, dimension).map((mean, i) => {
    let sum = 0;
    for (let p = i; p < positions.length; p += dimension)
      sum += (positions[p] - mean) * (positions[p] - mean);
    return sum > 0 ? sum / (count - 1) : 1;
  });
}

/** Covariance, shrunk a little towards its diagonal so that it has a Cholesky factor; row-major. */
export function covariance({ positions, dimension }: Cloud): Float64Array {
  const count = positions.length / dimension;
  const result = covarianceOf(positions, meanOf(positions, dimension), count - 1);
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < i; j++) {
      result[i * dimension + j] *= 0.99;
      result[j * dimension + i] = result[i * dimension + j];
    }
    if (!(result[i * dimension + i] > 0)) result[i * dimension + i] = 1;
  }
  return result;
}

/**
 * The largest correlation of a coordinate between two positions of the same particles, in absolute value; 1 of one in which
 * all agree, unless it is among the whole ones, whose particles may well do.
 */
export function largestCorrelation(
  before: Float64Array,
  after: Float64Array,
  dimension: number,
  whole: readonly number[] = [],
): number {
  const [from, to] = [meanOf(before, dimension), meanOf(after, dimension)];
  let largest = 0;
  for (let i = 0; i < dimension; i++) {
    let xx = 0;
    let yy = 0;
    let xy = 0;
    for (let p = i; p < before.length; p += dimension) {
      xx += (before[p] - from[i]) * (before[p] - from[i]);
      yy += (after[p] - to[i]) * (after[p] - to[i]);
      xy += (before[p] - from[i]) * (after[p] - to[i]);
    }
    if (!(xx > 0 || yy > 0) && whole.includes(i)) continue;
    const correlation = xx > 0 && yy > 0 ? Math.abs(xy) / Math.sqrt(xx * yy) : 1;
    largest = Math.max(largest, correlation);
  }
  return largest;
}

/** A multivariate normal distribution fitted to positions. */

import { choleskyOf, covarianceOf, meanOf, solveLower, squaredLength, timesLower } from '../matrix';
import type { RandomStream } from '../random';

const LOG_TWO_PI = Math.log(2 * Math.PI);

export class FittedGaussian {
  private constructor(
    readonly mean: Float64Array,
    /** Lower Cholesky factor of the covariance, row-major. */
    private readonly factor: Float64Array,
  ) {}

  /** Mean and covariance of positions that follow one another; undefined where the covariance is singular. */
  static fit(positions: Float64Array, dimension: number): FittedGaussian | undefined {
    const count = positions.length / dimension;
    const mean = meanOf(positions, dimension);
    const factor = choleskyOf(covarianceOf(positions, mean, count - 1), dimension);
    return factor && new FittedGaussian(mean, factor);
  }

  /** Draws that follow one another. */
  sample(stream: RandomStream, count: number): Float64Array {
    const { mean, factor } = this;
    const dimension = mean.length;
    const draws = stream.normal(count * dimension);
    for (let at = 0; at < draws.length; at += dimension) {
      const z = draws.subarray(at, at + dimension);
      timesLower(factor, z).forEach((x, i) => (z[i] = mean[i] + x));
    }
    return draws;
  }

  /** Log density of each of the positions. */
  logDensities(positions: Float64Array): Float64Array {
    const { mean, factor } = this;
    const dimension = mean.length;
    let constant = (-dimension * LOG_TWO_PI) / 2;
    for (let i = 0; i < dimension; i++) constant -= Math.log(factor[i * dimension + i]);
    const apart = new Float64Array(dimension);
    return Float64Array.from({ length: positions.length / dimension }, (_, draw) => {
      for (let i = 0; i < dimension; i++) apart[i] = positions[draw * dimension + i] - mean[i];
      const square = squaredLength(solveLower(factor, apart));
      return constant - square / 2;
    });
  }
}

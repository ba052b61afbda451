/** A multivariate normal distribution fitted to positions. */

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
    const mean = new Float64Array(dimension);
    positions.forEach((x, k) => (mean[k % dimension] += x / count));
    const covariance = new Float64Array(dimension * dimension);
    const away = new Float64Array(dimension);
    for (let at = 0; at < positions.length; at += dimension) {
      for (let i = 0; i < dimension; i++) away[i] = positions[at + i] - mean[i];
      for (let i = 0; i < dimension; i++) {
        const scale = away[i] / (count - 1);
        for (let j = 0; j <= i; j++) covariance[i * dimension + j] += scale * away[j];
      }
    }
    for (let i = 0; i < dimension; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = covariance[i * dimension + j];
        for (let k = 0; k < j; k++) sum -= covariance[i * dimension + k] * covariance[j * dimension + k];
        if (i === j && !(sum > 0)) return undefined;
        covariance[i * dimension + j] = i === j ? Math.sqrt(sum) : sum / covariance[j * dimension + j];
      }
    }
    return new FittedGaussian(mean, covariance);
  }

  /** Draws that follow one another. */
  sample(stream: RandomStream, count: number): Float64Array {
    const { mean, factor } = this;
    const dimension = mean.length;
    const draws = stream.normal(count * dimension);
    for (let at = 0; at < draws.length; at += dimension) {
      for (let i = dimension - 1; i >= 0; i--) {
        let sum = mean[i];
        for (let k = 0; k <= i; k++) sum += factor[i * dimension + k] * draws[at + k];
        draws[at + i] = sum;
      }
    }
    return draws;
  }

  /** Log density of each of the positions. */
  logDensities(positions: Float64Array): Float64Array {
    const { mean, factor } = this;
    const dimension = mean.length;
    let constant = (-dimension * LOG_TWO_PI) / 2;
    for (let i = 0; i < dimension; i++) constant -= Math.log(factor[i * dimension + i]);
    const z = new Float64Array(dimension);
    return Float64Array.from({ length: positions.length / dimension }, (_, draw) => {
      let square = 0;
      for (let i = 0; i < dimension; i++) {
        let rest = positions[draw * dimension + i] - mean[i];
        for (let k = 0; k < i; k++) rest -= factor[i * dimension + k] * z[k];
        z[i] = rest / factor[i * dimension + i];
        square += z[i] * z[i];
      }
      return constant - square / 2;
    });
  }
}

/** Means and covariances of vectors that follow one another in one array. */

import { mirrorLower } from './symmetry';

/** Mean of the vectors; with weights, which sum to one, their weighted mean. */
export function meanOf(vectors: Float64Array, size: number, weights?: Float64Array): Float64Array {
  const count = vectors.length / size;
  const mean = new Float64Array(size);
  for (let v = 0, at = 0; v < count; v++, at += size) {
    for (let i = 0; i < size; i++) {
      mean[i] += weights === undefined ? vectors[at + i] / count : vectors[at + i] * weights[v];
    }
  }
  return mean;
}

/** Σ (x − mean)(x − mean)ᵀ / divisor, row by row; with weights in the divisor's place Σ w (x − mean)(x − mean)ᵀ. */
export function covarianceOf(
  vectors: Float64Array,
  mean: Float64Array,
  divisor: number | Float64Array,
): Float64Array {
  const size = mean.length;
  const covariance = new Float64Array(size * size);
  for (let at = 0; at < vectors.length; at += size) {
    for (let i = 0; i < size; i++) {
      const apart = vectors[at + i] - mean[i];
      const scale = typeof divisor === 'number' ? apart / divisor : apart * divisor[at / size];
      for (let j = 0; j <= i; j++) covariance[i * size + j] += scale * (vectors[at + j] - mean[j]);
    }
  }
  return mirrorLower(covariance, size);
}

/** Square roots of covariances, for chains whose metric is given. */

import type { FullExports, Instance } from '../../backend/wasm';

/** The lower Cholesky factor of a symmetric matrix, row-major; undefined where it is not positive definite. */
export function choleskyFactor(matrix: ArrayLike<number>, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= lower[i * size + k] * lower[j * size + k];
      if (i > j) lower[i * size + j] = sum / lower[j * size + j];
      else if (sum > 0 && sum < Infinity) lower[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return lower;
}

/** Gives a chain the square root of its inverse metric: d values, or d rows of a lower triangle. */
export function giveRoot(instance: Instance<FullExports>, chain: number, root: Float64Array): void {
  const pointer = instance.buffer(root.byteLength);
  instance.view(pointer, root.length).set(root);
  instance.exports.setRoot(chain, pointer);
}

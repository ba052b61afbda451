/** Cholesky factors of symmetric matrices. */

/** L, lower, with LLᵀ = matrix, of which the lower triangle is read; undefined where it is not positive definite. */
export function choleskyOf(matrix: ArrayLike<number>, size: number): Float64Array | undefined {
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

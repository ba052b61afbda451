/** Products of matrices and vectors. */

/** Σ xᵢ² */
export function squaredLength(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}

/** A matrix times a vector. */
export function times(matrix: ArrayLike<number>, x: ArrayLike<number>): Float64Array {
  const columns = x.length;
  return Float64Array.from({ length: matrix.length / columns }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += matrix[i * columns + j] * x[j];
    return sum;
  });
}

/** AAᵀ of a matrix with so many rows. */
export function timesTranspose(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  const product = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += matrix[i * columns + k] * matrix[j * columns + k];
      product[i * rows + j] = product[j * rows + i] = sum;
    }
  }
  return product;
}

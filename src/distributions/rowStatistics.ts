/** All that a Gaussian density with one mean and one covariance needs of rows of data: their mean, and a small factor. */

export interface RowStatistics {
  /** Mean of the rows: [columns]. */
  readonly mean: Float64Array;
  /** Lower triangular C, row-major [columns, columns], with CCᵀ = Σ (row − mean)(row − mean)ᵀ. */
  readonly factor: Float64Array;
}

/**
 * By Householder reflections of the centred rows (Golub & Van Loan 2013, algorithm 5.2.1), which lose nothing to squares
 * of large numbers. Sums, products, quotients and roots only: every engine finds the same bits.
 *
 * @param values row-major [rows, columns], rows ≥ columns
 */
export function rowStatistics(values: ArrayLike<number>, rows: number, columns: number): RowStatistics {
  const a = Float64Array.from(values);
  const mean = new Float64Array(columns);
  // Twice: the second pass takes off what rounding left of the first.
  for (let pass = 0; pass < 2; pass++) {
    const rest = new Float64Array(columns);
    for (let i = 0; i < a.length; i++) rest[i % columns] += a[i];
    for (let i = 0; i < a.length; i++) a[i] -= rest[i % columns] / rows;
    for (let j = 0; j < columns; j++) mean[j] += rest[j] / rows;
  }
  for (let k = 0; k < columns; k++) reflect(a, rows, columns, k);
  const factor = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++)
    for (let j = i; j < columns; j++) factor[j * columns + i] = a[i * columns + j];
  return { mean, factor };
}

/** Makes column k zero below its diagonal, by a reflection of the columns from there on. */
function reflect(a: Float64Array, rows: number, columns: number, k: number): void {
  const at = (i: number, j: number): number => i * columns + j;
  let squares = 0;
  for (let i = k; i < rows; i++) squares += a[at(i, k)] * a[at(i, k)];
  if (squares === 0) return;
  const length = Math.sqrt(squares);
  const head = a[at(k, k)] > 0 ? -length : length;
  const v = new Float64Array(rows - k);
  for (let i = k; i < rows; i++) v[i - k] = a[at(i, k)];
  v[0] -= head;
  const half = squares - head * a[at(k, k)];
  for (let j = k; j < columns; j++) {
    let dot = 0;
    for (let i = k; i < rows; i++) dot += v[i - k] * a[at(i, j)];
    for (let i = k; i < rows; i++) a[at(i, j)] -= (dot / half) * v[i - k];
  }
}

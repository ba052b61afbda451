/** Design matrices of regressions: how hand-written densities walk through them, four rows at a time. */

/** Linear predictors of rows `row` to `row + 3`. */
export function predictFour(
  x: Float64Array,
  row: number,
  columns: number,
  beta: Float64Array,
  eta: Float64Array,
): void {
  const a = row * columns;
  const b = a + columns;
  const c = b + columns;
  const d = c + columns;
  let e0 = 0;
  let e1 = 0;
  let e2 = 0;
  let e3 = 0;
  for (let j = 0; j < columns; j++) {
    const w = beta[j];
    e0 += x[a + j] * w;
    e1 += x[b + j] * w;
    e2 += x[c + j] * w;
    e3 += x[d + j] * w;
  }
  eta[0] = e0;
  eta[1] = e1;
  eta[2] = e2;
  eta[3] = e3;
}

/** Adds the rows `row` to `row + 3`, each times its residual. */
export function addFour(
  x: Float64Array,
  row: number,
  columns: number,
  residual: Float64Array,
  gradient: Float64Array,
): void {
  const a = row * columns;
  const b = a + columns;
  const c = b + columns;
  const d = c + columns;
  const r0 = residual[0];
  const r1 = residual[1];
  const r2 = residual[2];
  const r3 = residual[3];
  for (let j = 0; j < columns; j++) {
    gradient[j] += x[a + j] * r0 + x[b + j] * r1 + (x[c + j] * r2 + x[d + j] * r3);
  }
}

/** The same numbers in blocks of eight rows, column by column within a block: the order in which the fused kernel reads. */
export function inBlocksOfEight(x: Float64Array, rows: number, columns: number): Float64Array {
  if (rows % 8 !== 0) throw new RangeError(`the fused kernel takes whole blocks of 8 rows, got ${rows}`);
  const blocked = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const block = Math.floor(i / 8) * 8 * columns;
    for (let j = 0; j < columns; j++) blocked[block + j * 8 + (i % 8)] = x[i * columns + j];
  }
  return blocked;
}

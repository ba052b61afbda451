/** Means and scatter matrix of rows, in two passes over a block that is in the cache. */
import { take } from "./column";
import { dot } from "./dot";
import { sum } from "./sum";

/**
 * Writes to `mean` the mean of `rows` > 0 rows of `size` f64 at `x`, and to the lower triangle of `out` (size × size)
 * Σ (x − mean)(x − mean)ᵀ. `columns` holds the distances from the mean, column by column, each of an even length.
 */
export function scatter(x: usize, rows: i32, size: i32, mean: usize, out: usize, columns: usize): void {
  const stride = <usize>((rows + 1) & ~1) << 3;
  for (let j = 0; j < size; j++) {
    const column = columns + <usize>j * stride;
    take(x + (<usize>j << 3), rows, size, column);
    store<f64>(mean + (<usize>j << 3), centre(column, rows));
  }
  for (let i = 0; i < size; i++) {
    const left = columns + <usize>i * stride;
    for (let j = 0; j <= i; j++) {
      store<f64>(out + (<usize>(i * size + j) << 3), dot(left, columns + <usize>j * stride, stride));
    }
  }
}

/** Takes the mean off a column, in two steps of which the second corrects the first, and returns it. */
function centre(column: usize, rows: i32): f64 {
  const rough = sum(column, rows) / rows;
  shift(column, rows, rough);
  const rest = sum(column, rows) / rows;
  shift(column, rows, rest);
  return rough + rest;
}

/** Subtracts a number from every element, the padding left out. */
function shift(column: usize, rows: i32, by: f64): void {
  const both = f64x2.splat(by);
  const end = column + (<usize>rows << 3);
  for (const pairs = column + (<usize>(rows & ~1) << 3); column < pairs; column += 16) {
    v128.store(column, f64x2.sub(v128.load(column), both));
  }
  if (column < end) store<f64>(column, load<f64>(column) - by);
}

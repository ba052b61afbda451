/** Means and scatter matrix of rows, in two passes over a block that is in the cache. */
import { dot } from "./dot";

/**
 * Writes to `mean` the mean of `rows` > 0 rows of `size` f64 at `x`, and to the lower triangle of `out` (size × size)
 * Σ (x − mean)(x − mean)ᵀ. `columns` holds the distances from the mean, column by column, each of an even length.
 */
export function scatter(x: usize, rows: i32, size: i32, mean: usize, out: usize, columns: usize): void {
  const stride = <usize>((rows + 1) & ~1) << 3;
  for (let j = 0; j < size; j++) centre(x + (<usize>j << 3), rows, size, mean + (<usize>j << 3), columns + <usize>j * stride);
  for (let i = 0; i < size; i++) {
    const left = columns + <usize>i * stride;
    for (let j = 0; j <= i; j++) {
      store<f64>(out + (<usize>(i * size + j) << 3), dot(left, columns + <usize>j * stride, stride));
    }
  }
}

/** One column's mean, corrected by a second pass, and its distances from it; an odd end is padded with 0. */
function centre(x: usize, rows: i32, size: i32, mean: usize, column: usize): void {
  const step = <usize>size << 3;
  let sum: f64 = 0;
  for (let i = 0, at = x; i < rows; i++, at += step) sum += load<f64>(at);
  let middle = sum / rows;
  sum = 0;
  for (let i = 0, at = x; i < rows; i++, at += step) sum += load<f64>(at) - middle;
  middle += sum / rows;
  store<f64>(mean, middle);
  for (let i = 0, at = x; i < rows; i++, at += step) store<f64>(column + (<usize>i << 3), load<f64>(at) - middle);
  if (rows & 1) store<f64>(column + (<usize>rows << 3), 0);
}

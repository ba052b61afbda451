/** Columns of a table of rows, each in one piece. */

/** Copies a column, the rows being `width` wide; an odd end is padded with 0. */
export function take(from: usize, rows: i32, width: i32, column: usize): void {
  for (let i = 0; i < rows; i++, from += <usize>width << 3) store<f64>(column + (<usize>i << 3), load<f64>(from));
  if (rows & 1) store<f64>(column + (<usize>rows << 3), 0);
}

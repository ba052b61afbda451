/** How often each whole number below a bound occurs. */
import { wholeNumber } from "./whole-number";

/** Adds to four tables of `size` u32 at `tables`, side by side, so that equal neighbours do not wait for each other. */
export function histogram(x: usize, count: i32, tables: usize, size: i32): void {
  const step = <usize>size << 2;
  const end = x + (<usize>count << 3);
  for (const quads = x + (<usize>(count & ~3) << 3); x < quads; x += 32) {
    increment(tables, load<f64>(x));
    increment(tables + step, load<f64>(x, 8));
    increment(tables + 2 * step, load<f64>(x, 16));
    increment(tables + 3 * step, load<f64>(x, 24));
  }
  for (; x < end; x += 8) increment(tables, load<f64>(x));
}

// @ts-ignore: decorator
@inline
function increment(table: usize, value: f64): void {
  const at = table + (<usize>wholeNumber(value) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Copying elements. */

/** Copies exactly `n` elements between places that do not overlap. */
export function copyElements(to: usize, from: usize, n: i32): void {
  if (n > 64) {
    memory.copy(to, from, <usize>n << 3);
    return;
  }
  for (; n >= 2; n -= 2, to += 16, from += 16) v128.store(to, v128.load(from));
  if (n) store<f64>(to, load<f64>(from));
}

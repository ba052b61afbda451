/** Exchanges the elements of two arrays of n f64. */
export function exchangeElements(n: i32, a: usize, b: usize): void {
  for (; n > 0; n--, a += 8, b += 8) {
    const value = load<f64>(a);
    store<f64>(a, load<f64>(b));
    store<f64>(b, value);
  }
}

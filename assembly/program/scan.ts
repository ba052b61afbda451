/** Recurrences with a kernel of their own. */

/**
 * yₜ = aₜ·yₜ₋₁ + bₜ, forwards or backwards; a is a scalar where its step is 0.
 * [header, n, reverse, step, a, b, initial, y]
 */
export function affineScan(pc: usize): void {
  const n = load<i32>(pc, 4), reverse = load<i32>(pc, 8);
  let a = load<usize>(pc, 16), b = load<usize>(pc, 20), y = load<usize>(pc, 28);
  let stepA: usize = load<i32>(pc, 12) ? 8 : 0;
  let step: usize = 8;
  let state = load<f64>(load<usize>(pc, 24));
  if (reverse) {
    const last = <usize>(n - 1) << 3;
    if (stepA) a += last;
    b += last;
    y += last;
    step = -8;
    stepA = -stepA;
  }
  for (let t = 0; t < n; t++) {
    state = load<f64>(a) * state + load<f64>(b);
    store<f64>(y, state);
    a += stepA;
    b += step;
    y += step;
  }
  if (n == 1) v128.store(load<usize>(pc, 28), f64x2.splat(state));
}

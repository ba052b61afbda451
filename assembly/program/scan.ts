/** Recurrences with a kernel of their own. */

/** Factors smaller than this have a fourth power. */
const MODEST: f64 = 1e60;

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
  let left = n;
  if (!stepA) {
    const factor = load<f64>(a);
    if (abs(factor) < MODEST) {
      // Four steps at once: only a⁴y + c waits for the state before, c being of b alone.
      const square = factor * factor;
      const cube = square * factor;
      const fourth = square * square;
      for (; left >= 4; left -= 4, b += 4 * step, y += 4 * step) {
        const c1 = load<f64>(b);
        const c2 = factor * c1 + load<f64>(b + step);
        const c3 = factor * c2 + load<f64>(b + 2 * step);
        const c4 = factor * c3 + load<f64>(b + 3 * step);
        store<f64>(y, factor * state + c1);
        store<f64>(y + step, square * state + c2);
        store<f64>(y + 2 * step, cube * state + c3);
        state = fourth * state + c4;
        store<f64>(y + 3 * step, state);
      }
    }
  }
  for (; left > 0; left--) {
    state = load<f64>(a) * state + load<f64>(b);
    store<f64>(y, state);
    a += stepA;
    b += step;
    y += step;
  }
  if (n == 1) v128.store(load<usize>(pc, 28), f64x2.splat(state));
}

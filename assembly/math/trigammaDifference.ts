/**
 * ψ′(x + n) − ψ′(x) for x > 0 and x + n > 0 (NaN elsewhere), relative error also where both are nearly equal;
 * max error 5e-16 relative.
 *
 * Below 6: Σ 1/(x + j + n)² − 1/(x + j)² over j = 0 … 5, each as one quotient, and the difference at x + 6.
 * From there on the difference of the asymptotic series (Abramowitz & Stegun 6.4.12), term by term.
 */
import { trigammaFall } from "./trigamma";

export function trigammaDifference(x: v128, n: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const falling = f64x2.lt(n, zero);
  const last = f64x2.add(x, n);
  let start = v128.bitselect(last, x, falling);
  const size = f64x2.abs(n);
  let sum = zero;
  const low = f64x2.lt(start, f64x2.splat(6));
  if (v128.any_true(low)) {
    for (let j: f64 = 0; j < 6; j++) {
      const at = f64x2.add(start, f64x2.splat(j));
      const u = f64x2.div(one, at);
      const v = f64x2.div(one, f64x2.add(at, size));
      sum = f64x2.add(sum, f64x2.mul(f64x2.mul(f64x2.mul(size, v), u), f64x2.add(u, v)));
    }
    sum = v128.and(sum, low);
    start = f64x2.add(start, v128.and(f64x2.splat(6), low));
  }
  const u = f64x2.div(one, start);
  const v = f64x2.div(one, f64x2.add(start, size));
  const fall = f64x2.add(sum, trigammaFall(u, v, f64x2.mul(f64x2.mul(size, u), v)));
  const value = v128.bitselect(fall, f64x2.neg(fall), falling);
  return v128.bitselect(value, f64x2.splat(NaN), v128.and(f64x2.gt(x, zero), f64x2.gt(last, zero)));
}

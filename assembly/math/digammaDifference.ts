/**
 * ψ(x + n) − ψ(x) for x > 0 and x + n > 0 (NaN elsewhere), relative error also where both are large; max
 * error 5e-16 relative.
 *
 * Below 6: Σ n/((x + j)(x + j + n)) over j = 0 … 5 and the difference at x + 6. From there on: log1p(n/x) +
 * n/(2x(x + n)) + R(x) − R(x + n), R the rest of the asymptotic series (Abramowitz & Stegun 6.3.18).
 */
import { digammaRestFall } from "./digamma";
import { log1p } from "./log1p";

export function digammaDifference(x: v128, n: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const falling = f64x2.lt(n, zero);
  const last = f64x2.add(x, n);
  let start = v128.bitselect(last, x, falling);
  const size = f64x2.abs(n);
  let sum = f64x2.splat(0);
  const low = f64x2.lt(start, f64x2.splat(6));
  if (v128.any_true(low)) {
    for (let j: f64 = 0; j < 6; j++) {
      const at = f64x2.add(start, f64x2.splat(j));
      sum = f64x2.add(sum, f64x2.div(f64x2.div(size, f64x2.add(at, size)), at));
    }
    sum = v128.and(sum, low);
    start = f64x2.add(start, v128.and(f64x2.splat(6), low));
  }
  const end = f64x2.add(start, size);
  const first = f64x2.div(one, start);
  const second = f64x2.div(one, end);
  const step = f64x2.mul(size, first);
  const fall = f64x2.mul(step, second);
  const rest = f64x2.add(f64x2.mul(f64x2.splat(0.5), fall), digammaRestFall(first, second, fall));
  const rise = f64x2.add(sum, f64x2.add(log1p(step), rest));
  const value = v128.bitselect(f64x2.neg(rise), rise, falling);
  return v128.bitselect(value, f64x2.splat(NaN), v128.and(f64x2.gt(x, zero), f64x2.gt(last, zero)));
}

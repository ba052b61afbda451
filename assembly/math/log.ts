/** Natural logarithm, all of f64 (−∞ at ±0, NaN below); method in logarithm.ts; max error 0.77 ulp. */
import { exponentOf, fractionOf, logOf, shifted, unusualForLog } from "./logarithm";

// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  return v128.any_true(unusualForLog(x)) ? logOfUnusual(x) : logWithin(x);
}

/** log(x) for normal, positive, finite x, unchecked. */
// @ts-ignore: decorator
@inline
export function logWithin(x: v128): v128 {
  const bits = shifted(x);
  return logOf(exponentOf(bits), fractionOf(bits));
}

function logOfUnusual(x: v128): v128 {
  const tiny = f64x2.lt(x, f64x2.splat(f64.MIN_NORMAL_VALUE));
  const scaled = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984.0)), x, tiny);
  const bits = shifted(scaled);
  const k = f64x2.sub(exponentOf(bits), v128.and(tiny, f64x2.splat(54)));
  let value = logOf(k, fractionOf(bits));
  value = v128.bitselect(f64x2.splat(-Infinity), value, f64x2.eq(x, f64x2.splat(0)));
  value = v128.bitselect(x, value, f64x2.eq(x, f64x2.splat(Infinity)));
  return v128.bitselect(value, f64x2.splat(NaN), f64x2.ge(x, f64x2.splat(0)));
}

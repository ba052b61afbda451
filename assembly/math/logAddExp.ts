/**
 * log(exp(a) + exp(b)) without overflow; −∞ of two −∞; max error 2 ulp of the larger of result and max(a, b).
 */
import { exp } from "./exp";
import { log1pOfUnit } from "./log1pOfUnit";

// @ts-ignore: decorator
@inline
export function logAddExp(a: v128, b: v128): v128 {
  const larger = v128.bitselect(a, b, f64x2.gt(a, b));
  // Equal infinities have no difference.
  const distance = v128.andnot(f64x2.abs(f64x2.sub(a, b)), f64x2.eq(a, b));
  return f64x2.add(larger, log1pOfUnit(exp(f64x2.neg(distance))));
}

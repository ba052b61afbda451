/**
 * log(1 − exp(x)) for x ≤ 0 (NaN above), relative error also where it vanishes; max error 1e-15 relative.
 *
 * log(−expm1(x)) near 0, log1p(−exp(x)) below −ln 2 (Mächler, "Accurately computing log(1 − exp(−|a|))",
 * 2012): one logarithm of u + lost serves both.
 */
import { exp } from "./exp";
import { expm1 } from "./expm1";
import { log } from "./log";
import { logOfSum } from "./log1p";

export function log1mExp(x: v128): v128 {
  const one = f64x2.splat(1);
  const tail = exp(x);
  const whole = f64x2.sub(one, tail);
  const lost = f64x2.sub(f64x2.sub(one, whole), tail);
  const near = f64x2.gt(x, f64x2.splat(-0.6931471805599453));
  if (!v128.any_true(near)) return logOfSum(whole, lost);
  const beside = log(f64x2.neg(expm1(x)));
  return v128.bitselect(beside, logOfSum(v128.bitselect(one, whole, near), v128.andnot(lost, near)), near);
}

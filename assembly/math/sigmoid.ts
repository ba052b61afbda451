/** 1 / (1 + exp(−x)), all of f64, relative error also where it vanishes; max error 1.92 ulp. */
import { exp } from "./exp";

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(f64x2.neg(f64x2.abs(x)));
  const one = f64x2.splat(1);
  const top = v128.bitselect(e, one, f64x2.lt(x, f64x2.splat(0)));
  return f64x2.div(top, f64x2.add(one, e));
}

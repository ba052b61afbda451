/** log(1 + exp(x)), all of f64, relative error also where it vanishes; max error 1.45 ulp. */
import { exp } from "./exp";
import { log1pOfUnit } from "./log1pOfUnit";

// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  const rest = log1pOfUnit(exp(f64x2.neg(f64x2.abs(x))));
  return f64x2.add(f64x2.pmax(x, f64x2.splat(0)), rest);
}

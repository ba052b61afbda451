/** Functions of one number, by way of the vector kernels. */
import { exp } from "../../assembly/math/exp";
import { log1p } from "../../assembly/math/log1p";

export function expOf(x: f64): f64 {
  return f64x2.extract_lane(exp(f64x2.splat(x)), 0);
}

export function log1pOf(x: f64): f64 {
  return f64x2.extract_lane(log1p(f64x2.splat(x)), 0);
}

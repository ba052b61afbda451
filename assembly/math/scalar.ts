/** The kernels for one number: the same bits as a lane of the vector forms, out of line, for samplers. */
import { exp as exps } from "./exp";
import { expm1 as expm1s } from "./expm1";
import { log as logs } from "./log";
import { log1p as log1ps } from "./log1p";

export function exp(x: f64): f64 {
  return f64x2.extract_lane(exps(f64x2.splat(x)), 0);
}

export function expm1(x: f64): f64 {
  return f64x2.extract_lane(expm1s(f64x2.splat(x)), 0);
}

export function log(x: f64): f64 {
  return f64x2.extract_lane(logs(f64x2.splat(x)), 0);
}

export function log1p(x: f64): f64 {
  return f64x2.extract_lane(log1ps(f64x2.splat(x)), 0);
}

/** The kernels for one number: the same bits as a lane of the vector forms, out of line, for samplers. */
import { exp as exps } from "./exp";
import { digamma as digammas } from "./digamma";
import { digammaDifference as digammaDifferences } from "./digammaDifference";
import { expm1 as expm1s } from "./expm1";
import { lbeta as lbetas } from "./lbeta";
import { lgamma as lgammas, stirlingRest as stirlingRests } from "./lgamma";
import { log as logs } from "./log";
import { log1mExp as log1mExps } from "./log1mExp";
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

export function lgamma(x: f64): f64 {
  return f64x2.extract_lane(lgammas(f64x2.splat(x)), 0);
}

export function stirlingRest(x: f64): f64 {
  return f64x2.extract_lane(stirlingRests(f64x2.splat(x)), 0);
}

export function digamma(x: f64): f64 {
  return f64x2.extract_lane(digammas(f64x2.splat(x)), 0);
}

export function digammaDifference(x: f64, n: f64): f64 {
  return f64x2.extract_lane(digammaDifferences(f64x2.splat(x), f64x2.splat(n)), 0);
}

export function lbeta(a: f64, b: f64): f64 {
  return f64x2.extract_lane(lbetas(f64x2.splat(a), f64x2.splat(b)), 0);
}

export function log1mExp(x: f64): f64 {
  return f64x2.extract_lane(log1mExps(f64x2.splat(x)), 0);
}

/**
 * The metric of the kinetic energy, as a square root S of the inverse metric: diagonal, or the Cholesky
 * factor of a covariance.
 */

import { dimension } from "../program/target";
import { multiplyLowerTransposed, solveLowerTransposed } from "../linalg/triangular";
import { vectorBytes, vectorEnd } from "./space";

export const UNIT: i32 = 0;
export const DIAGONAL: i32 = 1;
export const DENSE: i32 = 2;

/** Bytes of the square root S: a vector, or a lower triangle in rows of whole vectors. */
export function rootBytes(metric: i32): usize {
  return metric == DENSE ? <usize>dimension() * vectorBytes() : vectorBytes();
}

/** S = I. */
export function setIdentity(metric: i32, root: usize): void {
  const count = dimension();
  const bytes = vectorBytes();
  memory.fill(root, 0, rootBytes(metric));
  const step = metric == DENSE ? bytes + 8 : 8;
  for (let i = 0; i < count; ++i, root += step) store<f64>(root, 1);
}

/** g with Sᵀ g = f̃. */
export function unwhiten(metric: i32, root: usize, force: usize, gradient: usize): void {
  if (metric == DENSE) {
    solveLowerTransposed(root, vectorBytes(), dimension(), force, gradient);
    return;
  }
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(gradient + at, load<f64>(force + at) / load<f64>(root + at));
  }
}

/** f̃ = Sᵀ g. */
export function whiten(metric: i32, root: usize, gradient: usize, force: usize): void {
  if (metric == DENSE) {
    multiplyLowerTransposed(root, vectorBytes(), dimension(), gradient, force);
    return;
  }
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
    v128.store(force + at, f64x2.mul(v128.load(root + at), v128.load(gradient + at)));
    v128.store(force + at, f64x2.mul(v128.load(root + at, 16), v128.load(gradient + at, 16)), 16);
  }
}

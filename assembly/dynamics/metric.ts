/**
 * The metric of the kinetic energy, as a square root S of the inverse metric: diagonal, the Cholesky
 * factor of a covariance, or what the full build has besides.
 */

import { dimension } from "../program/target";
import { multiplyLower, multiplyLowerTransposed, solveLowerTransposed } from "../linalg/triangular";
import { furtherRootBytes, multiplyFurther, unwhitenFurther, whitenFurther } from "./further-metric";
import { vectorBytes, vectorEnd } from "./space";

export const UNIT: i32 = 0;
export const DIAGONAL: i32 = 1;
export const DENSE: i32 = 2;
/** A diagonal and few directions, of the full build; what begins its root is a diagonal one. */
export const LOW_RANK: i32 = 4;

/** Bytes of second moments: a vector, or a lower triangle in rows of whole vectors. */
export function momentBytes(metric: i32): usize {
  return metric == DENSE ? <usize>dimension() * vectorBytes() : vectorBytes();
}

/** Bytes of the square root S, laid out as moments unless it is of the full build. */
export function rootBytes(metric: i32): usize {
  return metric == LOW_RANK ? furtherRootBytes() : momentBytes(metric);
}

/** S = I. */
export function setIdentity(metric: i32, root: usize): void {
  const count = dimension();
  const bytes = vectorBytes();
  memory.fill(root, 0, rootBytes(metric));
  const step = metric == DENSE ? bytes + 8 : 8;
  for (let i = 0; i < count; ++i, root += step) store<f64>(root, 1);
}

/** S p̃ where S is not diagonal. */
export function multiplyRoot(metric: i32, root: usize, momentum: usize, velocity: usize): void {
  if (metric == LOW_RANK) multiplyFurther(root, momentum, velocity);
  else multiplyLower(root, vectorBytes(), dimension(), momentum, velocity);
}

/** g with Sᵀ g = f̃. */
export function unwhiten(metric: i32, root: usize, force: usize, gradient: usize): void {
  if (metric == LOW_RANK) {
    unwhitenFurther(root, force, gradient);
    return;
  }
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
  if (metric == LOW_RANK) {
    whitenFurther(root, gradient, force);
    return;
  }
  if (metric == DENSE) {
    multiplyLowerTransposed(root, vectorBytes(), dimension(), gradient, force);
    return;
  }
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
    v128.store(force + at, f64x2.mul(v128.load(root + at), v128.load(gradient + at)));
    v128.store(force + at, f64x2.mul(v128.load(root + at, 16), v128.load(gradient + at, 16)), 16);
  }
}

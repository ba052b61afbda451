/**
 * Evaluating the density: always in the same two vectors, because a program that is called with another
 * vector has to redirect its operands first.
 */

import { density } from "../program/target";
import { allocate } from "../memory";
import { clearPadding, vectorBytes } from "./space";

let block: usize = 0;

/** Where the position to be evaluated is written. */
// @ts-ignore: decorator
@inline
export function evaluationPosition(): usize {
  // A program may write whole vectors, and so one beyond the gradient's last.
  if (!block) block = allocate(2 * vectorBytes() + 16);
  return block;
}

/** Where the gradient is found. */
// @ts-ignore: decorator
@inline
export function evaluationGradient(): usize {
  return evaluationPosition() + vectorBytes();
}

/** Log density at `evaluationPosition()`, its gradient at `evaluationGradient()`. */
// @ts-ignore: decorator
@inline
export function evaluateDensity(): f64 {
  const gradient = evaluationGradient();
  const value = density(evaluationPosition(), gradient);
  clearPadding(gradient);
  return value;
}

/** Where an optimiser stands: a point with its log density and gradient, and why it stopped. */

import { addScaled } from "../dynamics/vector";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { copyVector } from "../dynamics/space";
import { dimension } from "../program/target";

export const RUNNING: i32 = 0;
export const CONVERGED: i32 = 1;
/** No higher point was found along the direction. */
export const STALLED: i32 = 2;
/** The log density is +∞. */
export const INFINITE: i32 = 3;

/** Evaluate `position + step·direction`; the results lie where `evaluationGradient` says. */
export function probe(position: usize, step: f64, direction: usize): f64 {
  addScaled(position, step, direction, evaluationPosition());
  return evaluateDensity();
}

/** Keep the point evaluated last. */
export function keepProbe(position: usize, gradient: usize): void {
  copyVector(evaluationPosition(), position);
  copyVector(evaluationGradient(), gradient);
}

/** One row of a trajectory: log density, position, gradient. Gives the place of the next row. */
export function recordPoint(row: usize, logDensity: f64, position: usize, gradient: usize): usize {
  const bytes = <usize>dimension() << 3;
  store<f64>(row, logDensity);
  memory.copy(row + 8, position, bytes);
  memory.copy(row + 8 + bytes, gradient, bytes);
  return row + 8 + (bytes << 1);
}

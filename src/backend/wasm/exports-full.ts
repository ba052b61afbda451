/** What the full build exports beyond the core; pointers are byte offsets into its memory. */

import type { Exports } from './exports';

/** Of assembly/approximation. */
interface ApproximationExports {
  /** Log density at each of `count` positions, which follow one another without padding. */
  logDensities(positions: number, count: number, results: number): void;
  /** Quantities of each position: rows of `size` values, with room for four more behind the last. */
  quantitiesOf(positions: number, count: number, size: number, results: number): void;
}

/** Of assembly/optimize. */
interface OptimizeExports {
  /** An L-BFGS optimiser that keeps `memory` pairs, without a position yet. */
  createLbfgs(memory: number, tolerance: number): number;
  /** Evaluates at the position; 1 when log density and gradient are finite there. */
  beginLbfgs(state: number): number;
  /** Iterates; accepted points are recorded in rows of 1 + 2·dimension numbers, where `records` is not 0. */
  advanceLbfgs(state: number, iterations: number, records: number): number;
  lbfgsPosition(state: number): number;
  lbfgsGradient(state: number): number;
  lbfgsLogDensity(state: number): number;
  lbfgsDecrement(state: number): number;
  lbfgsEvaluations(state: number): number;
  lbfgsStatus(state: number): number;
}

export interface FullExports extends Exports, ApproximationExports, OptimizeExports {}

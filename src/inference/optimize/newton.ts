/** Newton's method on a loaded density: from near a mode to the mode itself, or from anywhere. */

import type { FullExports, Instance } from '../../backend/wasm';
import type { Ascent, AscentEnding } from './lbfgs';

export interface NewtonSettings {
  /** Converged once no coordinate moves by more than this, relative to max(1, |coordinate|). */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onBatch?: (iterations: number, logDensity: number) => void;
}

/** Where Newton's method ended. */
export interface NewtonAscent extends Omit<Ascent, 'trajectory'> {
  /** The last step. */
  readonly step: Float64Array;
  /** Largest move of a coordinate in the last step, relative to max(1, |coordinate|). */
  readonly move: number;
}

const ENDINGS: readonly AscentEnding[] = ['limit', 'converged', 'stalled', 'infinite'];
/** Dimensions up to which the whole Hessian is factored at each iteration. */
const DENSE_LIMIT = 256;
/** Products of one iteration in more dimensions. */
const MOST_PRODUCTS = 2000;

/** Climbs from `start`, in the unconstrained space. */
export function newton(
  instance: Instance<FullExports>,
  start: Float64Array,
  { tolerance, maxIterations, onBatch }: NewtonSettings,
): NewtonAscent {
  const { dimension, exports } = instance;
  const state = exports.createNewton(tolerance);
  instance.view(exports.newtonPosition(state), dimension).set(start);
  const begun = exports.beginNewton(state) !== 0;
  const dense = dimension <= DENSE_LIMIT;
  const matrix = dense ? exports.allocate(16 * dimension * dimension + 32) : 0;
  let iterations = 0;
  while (begun && iterations < maxIterations && exports.newtonStatus(state) === 0) {
    iterations += dense
      ? exports.advanceNewtonDense(state, 1, matrix, matrix + 8 * dimension * dimension)
      : exports.advanceNewton(state, 1, Math.min(MOST_PRODUCTS, 2 * dimension));
    onBatch?.(iterations, exports.newtonLogDensity(state));
  }
  const read = (pointer: number): Float64Array => instance.view(pointer, dimension).slice();
  return {
    position: read(exports.newtonPosition(state)),
    gradient: read(exports.newtonGradient(state)),
    step: read(exports.newtonStep(state)),
    move: exports.newtonMove(state),
    logDensity: exports.newtonLogDensity(state),
    ending: begun ? ENDINGS[exports.newtonStatus(state)] : 'start',
    iterations,
    evaluations: exports.newtonEvaluations(state),
  };
}

/** Newton's method on a loaded density: from near a mode to the mode itself, or from anywhere. */

import type { FullExports, Instance } from '../../backend/wasm';
import type { Ascent, AscentEnding } from './lbfgs';

export interface NewtonSettings {
  /** Converged once no coordinate moves by more than this, relative to max(1, |coordinate|). */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Penalties Σ λᵢ|xᵢ − cᵢ| that are taken off the log density; the result's log density is without them. */
  readonly penalties?: Penalties;
  readonly onBatch?: (iterations: number, logDensity: number) => void;
}

/** Penalties λ, 0 where there is none, and centres c; `dimension` values each. */
export interface Penalties {
  readonly weights: Float64Array;
  readonly centres: Float64Array;
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
  { tolerance, maxIterations, penalties, onBatch }: NewtonSettings,
): NewtonAscent {
  const { dimension, exports } = instance;
  const state = exports.createNewton(tolerance);
  instance.view(exports.newtonPosition(state), dimension).set(start);
  const begun = exports.beginNewton(state) !== 0;
  const dense = dimension <= DENSE_LIMIT || penalties !== undefined;
  const matrix = dense ? exports.allocate(16 * dimension * dimension + 32) : 0;
  const factor = matrix + 8 * dimension * dimension;
  const place = (values: Float64Array): number => {
    const pointer = exports.allocate(8 * dimension + 32);
    instance.view(pointer, dimension).set(values);
    return pointer;
  };
  const weights = penalties ? place(penalties.weights) : 0;
  const centres = penalties ? place(penalties.centres) : 0;
  let iterations = 0;
  while (begun && iterations < maxIterations && exports.newtonStatus(state) === 0) {
    if (penalties) iterations += exports.advanceProximal(state, 1, weights, centres, matrix, factor);
    else if (dense) iterations += exports.advanceNewtonDense(state, 1, matrix, factor);
    else iterations += exports.advanceNewton(state, 1, Math.min(MOST_PRODUCTS, 2 * dimension));
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

/** The climb from one start, as plain data, so that it can be made in a worker. */

import type { FullExports, Instance } from '../../backend/wasm';
import { type Ascent, lbfgs } from './lbfgs';
import { newton, type Penalties } from './newton';

/** Newton's last word: a step no longer than this relative to the coordinates is at the limit of f64. */
export const TIGHT = 1e-11;

export interface AscentTask {
  readonly kind: 'ascent';
  readonly method: 'lbfgs' | 'newton' | 'proximal';
  /** Unconstrained position of the start. */
  readonly from: Float64Array;
  readonly maxIterations: number;
  /** Gain in log density that L-BFGS leaves to be had before Newton takes over. */
  readonly tolerance: number;
  /** Pairs that L-BFGS keeps. */
  readonly memory: number;
  /** Of the proximal method. */
  readonly penalties?: Penalties | undefined;
  /** Whether the program has products of the Hessian. */
  readonly exact: boolean;
}

export function ascend(
  instance: Instance<FullExports>,
  { method, from, maxIterations, tolerance, memory, penalties, exact }: AscentTask,
  onBatch: (iteration: number, logDensity: number) => void,
): Ascent {
  instance.exports.configureProducts(exact ? 1 : 0);
  return method === 'lbfgs'
    ? lbfgs(instance, from, { memory, tolerance, maxIterations, onBatch })
    : newton(instance, from, { tolerance: TIGHT, maxIterations, penalties, onBatch });
}

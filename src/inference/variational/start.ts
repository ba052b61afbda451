/** Where an approximation starts: a point of finite density. */

import type { FullExports, Instance } from '../../backend/wasm';
import type { Target } from '../../target/target';
import { type InitialValues, startChain } from '../start';

const UNIT_METRIC = 0;

/**
 * A position of finite log density and gradient: initial values, and what is not given drawn from uniform[−radius, radius).
 *
 * @throws Error that names the terms of the model that no starting point satisfied
 */
export function startingPosition(
  instance: Instance<FullExports>,
  target: Target,
  {
    seed,
    stream,
    radius,
    initial,
  }: { seed: number; stream: number; radius: number; initial?: InitialValues },
): Float64Array {
  const { exports } = instance;
  const pointer = exports.createChain(UNIT_METRIC, BigInt(seed), stream, 0);
  startChain({ instance, pointer }, target, radius, initial);
  return instance.view(exports.chainPosition(pointer), target.dimension).slice();
}

/** Where an optimiser or an approximation starts: a point of finite density. */

import type { FullExports, Instance } from '../backend/wasm';
import type { Target } from '../target/target';
import { type Start, startChain } from './start';

const UNIT_METRIC = 0;

/**
 * A position of finite log density and gradient, where a chain of this seed and stream would begin.
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
    start,
  }: { readonly seed: number; readonly stream: number; readonly radius: number; readonly start: Start },
): Float64Array {
  const { exports } = instance;
  const pointer = exports.createChain(UNIT_METRIC, BigInt(seed), stream, 0);
  startChain({ instance, pointer }, target, radius, start);
  return instance.view(exports.chainPosition(pointer), target.dimension).slice();
}

/** Starting points of optimisers: drawn, or given by name, as those of chains. */

import type { FullExports, Instance } from '../../backend/wasm';
import type { Target } from '../../target/target';
import { Chain } from '../chain';
import type { RunSettings } from '../settings';
import { type InitialValues, startChain } from '../start';

export interface Starts {
  /** Start number `index`, unconstrained. */
  next(index: number, initial: InitialValues | undefined): Float64Array;
}

/**
 * Where optimisers of one instance start: points at which log density and gradient are finite.
 *
 * @param settings seed and radius are used, as by samplers: start k is where chain k would begin
 */
export function startsOf(
  instance: Instance<FullExports>,
  target: Target,
  settings: Omit<RunSettings, 'algorithm'>,
): Starts {
  const plain: RunSettings = {
    ...settings,
    metric: 'unit',
    algorithm: { kind: 'nuts', maxTreeDepth: 10 },
  };
  return {
    next(index, initial) {
      const chain = Chain.create(instance, plain, target.layout.size, index, () => undefined);
      startChain(chain, target, settings.radius, initial);
      return instance.view(instance.exports.chainPosition(chain.pointer), target.dimension).slice();
    },
  };
}

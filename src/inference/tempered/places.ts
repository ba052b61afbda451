/** Where tasks put the chains they go on with. */

import type { FullExports, Instance } from '../../backend/wasm';
import { Chain } from '../chain';
import type { RunSettings } from '../settings';

/** An instance frees nothing: the chains of one task after another take the same places. */
const places = /*#__PURE__*/ new WeakMap<Instance<FullExports>, Chain[]>();

/** Chains of the same run that were saved. */
export function placeChains(
  instance: Instance<FullExports>,
  settings: RunSettings,
  quantities: number,
  states: readonly Uint8Array[],
): readonly Chain[] {
  const taken = places.get(instance) ?? [];
  places.set(instance, taken);
  states.forEach((state, i) => {
    if (i < taken.length) taken[i].load(state);
    else taken.push(Chain.restore(instance, settings, quantities, state));
  });
  return taken.slice(0, states.length);
}

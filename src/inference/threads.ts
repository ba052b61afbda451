/** How many chains the machine can run at once. */

import { builtin, inNode } from '../backend/wasm/host';

/** Number of processors, as far as the host tells. */
export async function processors(): Promise<number> {
  if (inNode()) return (await builtin<{ availableParallelism(): number }>('node:os')).availableParallelism();
  return navigator.hardwareConcurrency || 1;
}

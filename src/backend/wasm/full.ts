/** The full build: what the core has, and the methods that few pages need. Only what imports this carries it. */

import type { FullExports } from './exports-full';
import { type Density, Instance } from './instance';
import { SharedModule } from './shared';
import { compileModule } from './source-full';

const full = /*#__PURE__*/ new SharedModule(compileModule);

/**
 * The full module, compiled on first use.
 *
 * @throws WebAssembly.CompileError where the host has no WebAssembly SIMD, or forbids compilation
 */
export function loadFullModule(): Promise<WebAssembly.Module> {
  return full.load();
}

/** Loads a density into an instance of the full module; throws as `Instance.create` does. */
export async function fullInstance(source: Density): Promise<Instance<FullExports>> {
  return Instance.create<FullExports>(await loadFullModule(), source);
}

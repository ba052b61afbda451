/**
 * The full build: what the core has, and the methods and instructions that few pages need. Its bytes are imported when they
 * are asked for, so that bundlers keep them apart.
 */

import type { FullExports } from './exports-full';
import { type Density, Instance } from './instance';
import { SharedModule } from './shared';

const full = /*#__PURE__*/ new SharedModule(async () => (await import('./source-full')).compileModule());

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

/** The smallest build of the module that has all of a density's instructions. */

import { loadFullModule } from './full';
import type { Density } from './instance';
import { loadModule } from './module';

/** Where an image says whether it needs the full build. */
const FULL_OFFSET = 44;

/**
 * The module for a density, compiled on first use.
 *
 * @param full whether the caller needs the full build whatever the density
 * @throws WebAssembly.CompileError where the host has no WebAssembly SIMD, or forbids compilation
 */
export function moduleFor(source: Density, full = false): Promise<WebAssembly.Module> {
  const needsFull =
    source.kind === 'program' &&
    new DataView(source.program.buffer, source.program.byteOffset).getUint32(FULL_OFFSET, true) !== 0;
  return full || needsFull ? loadFullModule() : loadModule();
}

/** The smallest build of the module that has all of a density's instructions. */

import { loadFullModule } from './full';
import type { Density } from './instance';
import { loadModule } from './module';

/** Where an image says whether it needs the full build. */
const FULL_OFFSET = 44;

/**
 * The module for a density, compiled on first use.
 *
 * @throws WebAssembly.CompileError where the host has no WebAssembly SIMD, or forbids compilation
 */
export function moduleFor(source: Density): Promise<WebAssembly.Module> {
  const needsFull =
    source.kind === 'program' &&
    new DataView(source.program.buffer, source.program.byteOffset).getUint32(FULL_OFFSET, true) !== 0;
  return needsFull ? loadFullModule() : loadModule();
}

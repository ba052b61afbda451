/** The core build: programs, NUTS and HMC. */

import { SharedModule } from './shared';
import { compileModule } from './source';

const core = /*#__PURE__*/ new SharedModule(compileModule);

/** Use a module of one's own making (streamed, cached, sent by another thread) in place of the package's. */
export function setModule(source: WebAssembly.Module | Promise<WebAssembly.Module>): void {
  core.set(source);
}

/**
 * The core module, compiled on first use.
 *
 * @throws WebAssembly.CompileError where the host has no WebAssembly SIMD, or forbids compilation
 */
export function loadModule(): Promise<WebAssembly.Module> {
  return core.load();
}

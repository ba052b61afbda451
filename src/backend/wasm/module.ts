/** The one compiled WebAssembly module that all instances share. */

import { compileModule } from './source';

let module: Promise<WebAssembly.Module> | undefined;

/** Use a module of one's own making (streamed, cached, sent by another thread) in place of the package's. */
export function setModule(source: WebAssembly.Module | Promise<WebAssembly.Module>): void {
  module = Promise.resolve(source);
}

/**
 * The module, compiled on first use.
 *
 * @throws WebAssembly.CompileError where the host has no WebAssembly SIMD, or forbids compilation
 */
export function loadModule(): Promise<WebAssembly.Module> {
  if (module === undefined) {
    const compiling = compileModule();
    // A failure (a network that was down) is not remembered.
    compiling.catch(() => {
      if (module === compiling) module = undefined;
    });
    module = compiling;
  }
  return module;
}

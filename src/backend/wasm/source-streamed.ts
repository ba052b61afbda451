/** Where the module comes from in the streaming build: a file beside the package's own. */

import { compileStreamed } from './streamed';

/** Compiles the module while it loads. */
export function compileModule(): Promise<WebAssembly.Module> {
  return compileStreamed(new URL('./credence.wasm', import.meta.url));
}

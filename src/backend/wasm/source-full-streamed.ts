/** Where the full module comes from in the streaming build: a file beside the package's own. */

import { compileStreamed } from './streamed';

/** Compiles the full module while it loads. */
export function compileModule(): Promise<WebAssembly.Module> {
  return compileStreamed(new URL('./credence-full.wasm', import.meta.url));
}

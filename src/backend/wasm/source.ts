/** Where the module comes from: bytes embedded in the package. */

import { binary } from '../../../build/binary';

/** Compiles the embedded module. */
export function compileModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(Uint8Array.from(atob(binary), (character) => character.charCodeAt(0)));
}

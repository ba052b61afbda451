/** Where the full module comes from: bytes embedded in the package. */

import { binary } from '../../../build/full-binary';
import { compileEmbedded } from './embedded';

/** Unpacks and compiles the embedded module. */
export function compileModule(): Promise<WebAssembly.Module> {
  return compileEmbedded(binary);
}

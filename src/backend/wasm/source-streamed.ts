/**
 * Where the module comes from in the streaming build: a file beside the package's own, compiled while it
 * loads.
 */

import { builtin } from './host';

/** Fetches and compiles the module; reads it from disk where `fetch` knows no files. */
export async function compileModule(): Promise<WebAssembly.Module> {
  const url = new URL('./credence.wasm', import.meta.url);
  if (url.protocol !== 'file:') return WebAssembly.compileStreaming(fetch(url));
  const { readFile } = await builtin<{ readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> }>(
    'node:fs/promises',
  );
  return WebAssembly.compile(await readFile(url));
}

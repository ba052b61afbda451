/** Modules that lie in files beside the package's own. */

import { builtin } from './host';

/** Fetches and compiles a module while it loads; reads it from disk where `fetch` knows no files. */
export async function compileStreamed(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol !== 'file:') return WebAssembly.compileStreaming(fetch(url));
  const { readFile } = await builtin<{ readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> }>(
    'node:fs/promises',
  );
  return WebAssembly.compile(await readFile(url));
}

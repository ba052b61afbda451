/** Writes the compiled module as a TypeScript file, so that every bundler can embed it: build/credence.wasm → build/binary.ts. */

import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const folder = new URL('../build/', import.meta.url);
// Compressed before it becomes text: base64 hides what repeats from the compression of the page.
const bytes = gzipSync(await readFile(new URL('credence.wasm', folder)), { level: 9 });
await writeFile(
  new URL('binary.ts', folder),
  `/** The WebAssembly module, gzipped, in base64. Made by assembly/embed.mjs. */\nexport const binary =\n  '${bytes.toString('base64')}';\n`,
);

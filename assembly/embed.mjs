/** Writes the compiled module as a TypeScript file, so that every bundler can embed it: build/credence.wasm → build/binary.ts. */

import { readFile, writeFile } from 'node:fs/promises';

const folder = new URL('../build/', import.meta.url);
const bytes = await readFile(new URL('credence.wasm', folder));
await writeFile(
  new URL('binary.ts', folder),
  `/** The WebAssembly module, in base64. Made by assembly/embed.mjs. */\nexport const binary =\n  '${bytes.toString('base64')}';\n`,
);

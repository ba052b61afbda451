/** Writes the compiled modules as TypeScript files, so that every bundler can embed them: build/credence.wasm → build/binary.ts, build/random.wasm → build/random-binary.ts. */

import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const folder = new URL('../build/', import.meta.url);

async function embed(module, target) {
  // Compressed before it becomes text: base64 hides what repeats from the compression of the page.
  const bytes = gzipSync(await readFile(new URL(module, folder)), { level: 9 });
  await writeFile(
    new URL(target, folder),
    `/** The module ${module}, gzipped, in base64. Made by assembly/embed.mjs. */\nexport const binary =\n  '${bytes.toString('base64')}';\n`,
  );
}

await embed('credence.wasm', 'binary.ts');
await embed('random.wasm', 'random-binary.ts');

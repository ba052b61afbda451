/** Writes the compiled modules as TypeScript files, so that every bundler can embed them: build/credence.wasm → build/binary.ts, and so on. */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const folder = new URL('../build/', import.meta.url);

async function embed(module, target, { plain = false } = {}) {
  const binary = await readFile(new URL(module, folder));
  // Compressed before it becomes text: base64 hides what repeats from the compression of the page. Unpacking takes a
  // promise, though, so what must be there at once stays plain.
  const bytes = plain ? binary : gzipSync(binary, { level: 9 });
  await writeFile(
    new URL(target, folder),
    `/** The module ${module}${plain ? '' : ', gzipped'}, in base64. Made by assembly/embed.mjs. */\nexport const binary =\n  '${bytes.toString('base64')}';\n`,
  );
}

await embed('credence.wasm', 'binary.ts');
await embed('credence-full.wasm', 'full-binary.ts');
await embed('random.wasm', 'random-binary.ts');
await embed('conjugate.wasm', 'conjugate-binary.ts', { plain: true });

// A run is taken up again only by the kernels that began it.
const digest = createHash('sha256');
for (const module of ['credence.wasm', 'credence-full.wasm']) digest.update(await readFile(new URL(module, folder)));
await writeFile(
  new URL('kernels.ts', folder),
  `/** Digest of the modules that sample. Made by assembly/embed.mjs. */\nexport const kernels = '${digest.digest('hex')}';\n`,
);

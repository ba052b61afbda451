/** Bundles the scripts of workers into strings that the package carries: build/worker.ts and build/chain-worker.ts. */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await carry('main.ts', 'worker.ts', 'workerSource', 'chains and tasks');
await carry('chains.ts', 'chain-worker.ts', 'chainWorkerSource', 'chains');

async function carry(entry, file, name, duties) {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  });
  await writeFile(
    new URL(`../../../build/${file}`, import.meta.url),
    `/** The script of a worker for ${duties}. Made by src/inference/worker/bundle.mjs. */\nexport const ${name} =\n  ${JSON.stringify(result.outputFiles[0].text)};\n`,
  );
}

/** Bundles the worker's script into a string that the package carries: build/worker.ts. */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const result = await build({
  entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
});
await writeFile(
  new URL('../../../build/worker.ts', import.meta.url),
  `/** The script of a worker. Made by src/inference/worker/bundle.mjs. */\nexport const workerSource =\n  ${JSON.stringify(result.outputFiles[0].text)};\n`,
);

/** The built entries `credence/files` and `credence/node` work together with the built library, and stay out of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'credence-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('writes and reads a fit of the library', async () => {
  const credence = await import(new URL('dist/index.js', root).href);
  const files = await import(new URL('dist/files.js', root).href);
  const node = await import(new URL('dist/node.js', root).href);
  const posterior = credence.model({}).param('x', credence.normal(0, 1)).condition({});
  const fit = await credence.nuts(posterior, { chains: 2, draws: 100, seed: 1, workers: 0 });
  const netcdf = join(folder, 'fit.nc');
  const parquet = join(folder, 'fit.parquet');
  writeFileSync(netcdf, await files.toNetcdf(files.inferenceData(fit)));
  writeFileSync(parquet, await files.toParquet(fit));
  for (const path of [netcdf, parquet]) {
    const run = await node.readRun(path);
    expect(run.draws('x').flat()).toEqual(fit.draws('x').flat());
    expect(String(run.summary())).toBe(String(fit.summary()));
  }
});

it('is for browsers too: credence/files imports nothing of Node', async () => {
  const { metafile } = await build({
    entryPoints: [new URL('dist/files.js', root).pathname],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    external: ['h5wasm', 'hyparquet', 'hyparquet-writer'],
    metafile: true,
    write: false,
    treeShaking: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  expect(new Set(imports.map(({ path }) => path))).toEqual(
    new Set(['h5wasm', 'hyparquet', 'hyparquet-writer']),
  );
});

it('names its entries in package.json', () => {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  expect(exports['./files']).toEqual({ types: './dist/files.d.ts', default: './dist/files.js' });
  expect(exports['./node']).toEqual({ types: './dist/node.d.ts', default: './dist/node.js' });
});

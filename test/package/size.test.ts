/** The core fits a web page: what a page loads first of a model, NUTS and a summary, WebAssembly included. */
import { gzipSync } from 'node:zlib';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('is at most 100 kB, minified and gzipped', async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { model, vector, normal, halfCauchy, nuts } from './dist/index.js';
        globalThis.run = async (data) => (await nuts(model({ y: vector('row') }).param('mu', normal(0, 5)).param('tau', halfCauchy(5))
          .observe('y', ({ mu, tau }) => normal(mu, tau)).condition(data))).summary().toString();`,
      resolveDir: new URL('../../', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'page',
    metafile: true,
    write: false,
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  );
  const chunks = new Map(Object.entries(metafile.outputs).map(([path, chunk]) => [basename(path), chunk]));
  const first = new Set<string>();
  const load = (name: string): void => {
    if (first.has(name)) return;
    first.add(name);
    for (const { path, kind } of chunks.get(name)!.imports)
      if (kind === 'import-statement') load(basename(path));
  };
  load('stdin.js');
  const bytes = [...first].reduce((sum, name) => sum + sizes.get(name)!, 0);
  expect(bytes).toBeLessThanOrEqual(100_000);
  // Something is in it: the module alone takes more than this.
  expect(bytes).toBeGreaterThan(15_000);
  // The full build waits until a model needs it.
  const later = [...sizes].filter(([name]) => !first.has(name)).map(([, size]) => size);
  expect(Math.max(...later)).toBeGreaterThan(15_000);
});

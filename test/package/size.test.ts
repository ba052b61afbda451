/** The core fits a web page: what a bundler makes of a model, NUTS and a summary, WebAssembly included. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('is at most 100 kB, minified and gzipped', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { model, vector, normal, halfCauchy, nuts } from './dist/index.js';
        globalThis.run = async (data) => (await nuts(model({ y: vector('row') }).param('mu', normal(0, 5)).param('tau', halfCauchy(5))
          .observe('y', ({ mu, tau }) => normal(mu, tau)).condition(data))).summary().toString();`,
      resolveDir: new URL('../../', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  expect(bytes).toBeLessThanOrEqual(100_000);
  // Something is in it: the module alone takes more than this.
  expect(bytes).toBeGreaterThan(15_000);
});

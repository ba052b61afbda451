/** The core fits a web page: what a page loads first of a model, NUTS and a summary, WebAssembly included. */
import { expect, it } from 'vitest';
import { pageSize } from '../../bench/page-size';

it('is at most 100 kB, minified and gzipped', async () => {
  const { first, later } = await pageSize(
    `import { model, vector, normal, halfCauchy, nuts } from './dist/index.js';
      globalThis.run = async (data) => (await nuts(model({ y: vector('row') }).param('mu', normal(0, 5)).param('tau', halfCauchy(5))
        .observe('y', ({ mu, tau }) => normal(mu, tau)).condition(data))).summary().toString();`,
    new URL('../../', import.meta.url).pathname,
  );
  expect(first).toBeLessThanOrEqual(100_000);
  // Something is in it: the module alone takes more than this.
  expect(first).toBeGreaterThan(15_000);
  // The full build waits until a model needs it.
  expect(Math.max(...later)).toBeGreaterThan(15_000);
});

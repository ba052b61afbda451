/** The built package gives the same draws in Node and in Chromium, with any number of workers, embedded or streamed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digests } from './scenario.mjs';

const root = new URL('../../', import.meta.url);
const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.warn(`browser tests are skipped: ${executablePath} is not there (apt-get install chromium)`);

const WORKERS = [0, 1, 4];
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

let inNode: Record<string, string>;
beforeAll(async () => {
  inNode = await digests(await import(new URL('dist/index.js', root).href), WORKERS);
});

describe('in Node', () => {
  it('gives the same draws with any number of workers', () => {
    for (const model of ['schools', 'robust', 'decay', 'optimisers', 'tempered']) {
      expect(new Set(WORKERS.map((workers) => inNode[`${model}, ${workers} workers`])).size).toBe(1);
    }
    expect(inNode['schools, 0 workers']).not.toBe(inNode['robust, 0 workers']);
  });

  it('gives the same draws from the streaming build', async () => {
    expect(await digests(await import(new URL('dist/streaming.js', root).href), [0])).toEqual(only(0));
  });
});

describe.runIf(hasBrowser)('in Chromium', () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const path = new URL(request.url!, 'http://localhost').pathname;
      if (path === '/')
        return void response
          .setHeader('content-type', 'text/html')
          .end('<!doctype html><title>credence</title>');
      try {
        const file = await readFile(new URL(`.${path}`, root));
        response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain').end(file);
      } catch {
        response.writeHead(404).end();
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    browser = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  for (const [build, workers] of [
    ['index', WORKERS],
    ['streaming', [1]],
  ] as const) {
    it(`gives the draws of Node from dist/${build}.js`, async () => {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      // As text: the test runner rewrites imports of functions.
      const inBrowser = await page.evaluate(
        `import('/test/package/scenario.mjs').then(async ({ digests }) => digests(await import('/dist/${build}.js'), ${JSON.stringify(workers)}))`,
      );
      expect(inBrowser).toEqual(only(...workers));
      await page.close();
    });
  }
});

/** The digests that Node found with these numbers of workers. */
function only(...workers: number[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inNode).filter(([name]) => workers.some((count) => name.endsWith(`, ${count} workers`))),
  );
}

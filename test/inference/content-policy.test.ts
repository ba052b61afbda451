/**
 * A page whose policy forbids workers made from strings: chains run in the page, or in workers of the page's
 * own.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.warn(`browser tests are skipped: ${executablePath} is not there (apt-get install chromium)`);

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

describe.runIf(hasBrowser)('under a strict content policy', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = new URL(request.url!, 'http://localhost').pathname;
      response.setHeader('content-security-policy', POLICY);
      response.setHeader('content-type', extname(path) === '' ? 'text/html' : 'text/javascript');
      if (path === '/') return void response.end('<!doctype html><title>strict</title>');
      readFile(new URL(`.${path}`, root)).then(
        (file) => response.end(file),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Runs in the page; as a string, because the test runner rewrites imports in functions. */
  const sample = (...args: unknown[]): Promise<string> =>
    page.evaluate(
      `import('/test/inference/content-policy-page.js').then(({ sample }) => sample(...${JSON.stringify(args)}))`,
    );

  test('chains run in the page, or in the worker it supplies, with the same draws', async () => {
    const inPage = await sample(0);
    expect(inPage).toMatch(/^-?[\d.]+,-?[\d.]+,-?[\d.]+$/);
    expect(await sample('auto')).toBe(inPage);
    expect(await sample(2, '/dist/worker.js')).toBe(inPage);
  });

  test('workers that were asked for and cannot be had are an error', async () => {
    expect(await sample(2)).toMatch(/no worker could be started.*workers: 0/);
  });
});

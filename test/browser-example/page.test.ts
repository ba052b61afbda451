/** The live page, built by Vite and used in Chromium: it samples, grows, stops, continues, downloads, and stays smooth. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRun } from '../../src/io/read-run';

const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.warn(`browser tests are skipped: ${executablePath} is not there (apt-get install chromium)`);

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

interface Shown {
  readonly state: string | undefined;
  readonly draws: Record<string, number>;
  readonly estimates: Record<string, string>;
  readonly pixels: Record<string, number>;
}
/** What the page shows, and how many pixels of each trace are drawn. */
const look = (page: Page): Promise<Shown> =>
  page.evaluate(() => {
    const shown = { state: document.body.dataset.state, draws: {}, estimates: {}, pixels: {} } as {
      state: string | undefined;
      draws: Record<string, number>;
      estimates: Record<string, string>;
      pixels: Record<string, number>;
    };
    for (const row of document.querySelectorAll<HTMLElement>('article')) {
      const name = row.dataset.name!;
      shown.draws[name] = Number(row.dataset.draws ?? 0);
      shown.estimates[name] = row.innerText;
      const canvas = row.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      shown.pixels[name] = data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }
    return shown;
  });

describe.runIf(hasBrowser)('the live page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credence-page-'));
  let server: Server;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const root = new URL('../../examples/browser/', import.meta.url).pathname;
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    server = createServer((request, response) => {
      const path = new URL(request.url!, 'http://localhost').pathname;
      const name = path === '/' ? '/index.html' : path;
      readFile(join(folder, name)).then(
        (file) => response.setHeader('content-type', TYPES[extname(name)] ?? 'text/plain').end(file),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true });
  });

  const choose = async (model: string, draws: number): Promise<void> => {
    await page.selectOption('#model', { label: model });
    await page.fill('#draws', String(draws));
  };
  const until = (state: string): Promise<unknown> =>
    page.waitForFunction((wanted) => document.body.dataset.state === wanted, state, { timeout: 60_000 });
  /** Until a quantity shows at least so many draws of all chains. */
  const drawn = (name: string, draws: number): Promise<unknown> =>
    page.waitForFunction(
      ([wanted, least]) =>
        Number(document.querySelector<HTMLElement>(`article[data-name="${wanted}"]`)?.dataset.draws ?? 0) >=
        least,
      [name, draws] as const,
      { timeout: 60_000 },
    );

  test.each([
    ['Eight schools', ['mu', 'tau', 'effect[0]'], 'mu', 4.4],
    ['A line, with outliers', ['intercept', 'slope', 'sigma', 'nu'], 'slope', 2],
    ['Rates that differ', ['rate', 'strength', 'spread'], 'rate', 0.109],
    ['A smooth curve', ['magnitude', 'lengthScale', 'sigma'], 'sigma', 0.15],
  ])('%s: samples to the end and shows what is right', async (model, names, name, mean) => {
    await choose(model, 1000);
    await page.click('#sample');
    await until('finished');
    await drawn(name, 4000);
    await page.waitForFunction(() => document.querySelector('article small')!.textContent !== '');
    const { draws, estimates } = await look(page);
    for (const each of names) expect(draws[each]).toBe(4000);
    // Six Monte Carlo errors or so, by far more than the digits shown.
    const [, found, sd] = /([-\d.]+) ± ([\d.]+)/.exec(estimates[name])!;
    expect(Math.abs(Number(found) - mean)).toBeLessThan(0.25 * Number(sd) + 0.01);
    expect(Object.values(estimates).join()).toMatch(/R-hat 1\.0\d\d, ESS \d+/);
  });

  test('traces and densities grow; stop holds them, continue takes them to the end', async () => {
    await choose('A smooth curve', 6000);
    await page.click('#sample');
    await drawn('sigma', 200);
    const early = await look(page);
    await drawn('sigma', early.draws.sigma + 800);
    const later = await look(page);
    expect(later.state).toBe('sampling');
    expect(later.pixels.sigma).toBeGreaterThan(early.pixels.sigma);
    await page.click('#stop');
    await until('stopped');
    // What was under way is shown within a frame or two.
    await page.waitForTimeout(300);
    const stopped = await look(page);
    await page.waitForTimeout(300);
    expect((await look(page)).draws).toEqual(stopped.draws);
    expect(stopped.draws.sigma).toBeLessThan(24_000);
    expect(await page.textContent('#status')).toMatch(/^Stopped after \d+ draws per chain\.$/);
    await page.click('#continue');
    await until('finished');
    await drawn('sigma', 24_000);
    expect((await look(page)).draws).toEqual({ magnitude: 24_000, lengthScale: 24_000, sigma: 24_000 });
  });

  test.each(['nc', 'parquet', 'json'])('downloads the draws as .%s', async (format) => {
    await choose('Eight schools', 500);
    await page.click('#sample');
    await until('finished');
    await page.selectOption('#format', format);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(file.suggestedFilename()).toBe(`eight-schools.${format}`);
    const path = join(folder, `download.${format}`);
    await file.saveAs(path);
    if (format === 'json') {
      const { quantities } = JSON.parse(readFileSync(path, 'utf8'));
      expect(quantities.effect.draws[3][499]).toHaveLength(8);
    } else {
      const run = await readRun(path);
      expect([run.chains.length, run.drawsPerChain, run.names]).toEqual([4, 500, ['mu', 'tau', 'effect']]);
      expect(Math.abs(run.summary().find('mu').mean - 4.4)).toBeLessThan(2);
    }
  });

  test('edited data change the posterior; data that do not fit are named', async () => {
    await choose('Eight schools', 500);
    await page.fill('#data', '{ "y": [100, 101, 99], "sigma": [1, 1, 1] }');
    await page.click('#sample');
    await until('finished');
    await drawn('effect[2]', 2000);
    const { estimates } = await look(page);
    expect(Number(/([-\d.]+) ±/.exec(estimates['effect[2]'])![1])).toBeGreaterThan(90);
    await page.fill('#data', '{ "y": [1, 2, 3], "sigma": [1, 1] }');
    await page.click('#sample');
    await page.waitForFunction(() => document.getElementById('problem')!.textContent !== '');
    expect(await page.textContent('#problem')).toMatch(/sigma/);
    await page.fill('#data', '{ "y": [1, 2');
    await page.click('#sample');
    await page.waitForFunction(() => document.getElementById('problem')!.textContent!.includes('JSON'));
  });

  test('the search chooses what is shown', async () => {
    await choose('Eight schools', 200);
    await page.click('#sample');
    await until('finished');
    expect(await page.textContent('#more')).toMatch(/and 2 more/);
    await page.fill('#filter', 'effect[7');
    expect(Object.keys((await look(page)).draws)).toEqual(['effect[7]']);
    await drawn('effect[7]', 800);
    await page.fill('#filter', '');
  });

  test('no frame takes the page longer than 50 ms while it samples', async () => {
    for (const [model, draws] of [
      ['Eight schools', 50_000],
      ['A smooth curve', 3000],
    ] as const) {
      await choose(model, draws);
      const longest = await longestTask(browser, async () => {
        await page.click('#sample');
        await until('finished');
      });
      // A trace that did not find the page's thread would say 0.
      expect(longest).toBeGreaterThan(0.1);
      expect(longest).toBeLessThan(50);
    }
  });

  test('nothing was complained of', () => {
    expect(problems).toEqual([]);
  });
});

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in microseconds: what other programs do meanwhile is not the page's. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds that the longest task of the page's main thread worked while something was done. */
async function longestTask(browser: Browser, action: () => Promise<void>): Promise<number> {
  const client = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'] },
  });
  await action();
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const tasks = events.filter(({ ph, pid, tid }) => ph === 'X' && main.has(`${pid}:${tid}`));
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
}

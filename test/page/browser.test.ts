/** The report page in headless Chromium: quick, self-contained, usable by keyboard, on a phone, light and dark. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Check, reportPage } from '../../src/page';
import { randomNumbers } from '../diagnostics/random-numbers';
import { exampleRun } from '../plot/example';

const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.warn(`browser tests are skipped: ${executablePath} is not there (apt-get install chromium)`);

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.runIf(hasBrowser)('the report page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credence-page-'));
  const schools = join(folder, 'schools.html');
  const large = join(folder, 'large.html');
  let browser: Browser;

  beforeAll(async () => {
    const run = exampleRun(4, 500);
    const uniform = randomNumbers(3);
    const prior = {
      layout: run.layout,
      quantityDraws: () => [Float64Array.from({ length: 400 }, () => 20 * uniform())],
    };
    const observed = [28, 8, -3, 7, -1, 1, 18, 12];
    const counts = [0, 1, 1, 4, 2, 0];
    const checks: Check[] = [
      {
        name: 'y',
        observed,
        replications: Array.from({ length: 60 }, () => observed.map(() => 40 * uniform() - 10)),
      },
      {
        name: 'k',
        observed: counts,
        replications: Array.from({ length: 60 }, () => counts.map(() => Math.floor(5 * uniform()))),
      },
    ];
    const statements = ['mu ~ normal(0, 5)'];
    writeFileSync(
      schools,
      reportPage(run, { title: 'Eight schools', data: { y: observed }, statements, prior, checks }),
    );
    const many = {
      ...exampleRun(4, 1000),
      layout: {
        quantities: [
          { name: 'theta', shape: [200], dims: [undefined], offset: 0, kind: 'parameter' as const },
        ],
        size: 200,
        coords: {},
      },
    };
    const { quantityDraws } = many;
    writeFileSync(
      large,
      reportPage({ ...many, quantityDraws: (i) => quantityDraws(i % 10) }, { title: 'Large' }),
    );
    browser = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page whose every error and request is kept. */
  async function open(
    file: string,
    viewport = { width: 1280, height: 900 },
    colorScheme: 'light' | 'dark' = 'light',
  ) {
    const page = await browser.newPage({ viewport, colorScheme });
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.on('request', (request) => request.url().startsWith('file:') || trouble.push(request.url()));
    await page.goto(`file://${file}`);
    return { page, trouble };
  }

  /** Scrolls to every figure and waits until it is drawn. */
  async function drawAll(page: Page): Promise<string[]> {
    for (const figure of await page.$$('.plot')) {
      await figure.scrollIntoViewIfNeeded();
      await page.waitForFunction((plot) => (plot as HTMLElement).dataset.drawn === 'true', figure);
    }
    return page.$$eval('.plot', (plots) =>
      plots.map((plot) => plot.querySelector('svg')?.getAttribute('aria-label') ?? plot.textContent ?? ''),
    );
  }

  it('draws every figure, and fetches nothing', async () => {
    const { page, trouble } = await open(schools);
    const labels = await drawAll(page);
    expect(labels).toHaveLength(8 + 3 + 1 + 3 + 3);
    for (const label of labels) expect(label).not.toContain('cannot be drawn');
    expect(labels.some((label) => label.startsWith('Bars of observed frequencies'))).toBe(true);
    expect(labels.some((label) => label.startsWith('Densities of prior and posterior'))).toBe(true);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('draws what is out of sight too, as printing needs', async () => {
    const { page, trouble } = await open(schools);
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>('.plot')].every(({ dataset }) => dataset.drawn === 'true'),
    );
    expect(await page.locator('.plot svg').count()).toBe(8 + 3 + 1 + 3 + 3);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it('shows two hundred quantities within two seconds', async () => {
    const { page } = await open(large);
    await page.waitForSelector('.plot[data-drawn]');
    const milliseconds = await page.evaluate(() => performance.now());
    expect(milliseconds).toBeLessThan(2000);
    expect(await page.locator('tbody tr .name').count()).toBe(200);
    await page.close();
  });

  it('searches and sorts by keyboard, and tells so', async () => {
    const { page } = await open(schools);
    const names = (): Promise<(string | null)[]> => page.locator('#table .name').allTextContents();
    await page.locator('#search').focus();
    await page.keyboard.type('andover');
    expect(await names()).toEqual(['effect[Phillips Andover]']);
    expect(await page.locator('#count').textContent()).toBe('1 of 10 quantities.');
    await page.locator('#search').fill('');
    await page.getByRole('button', { name: 'ess bulk' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('th[aria-sort="ascending"]').textContent()).toBe('ess bulk');
    expect((await names())[0]).toBe('tau');
    await page.keyboard.press('Enter');
    expect(await page.locator('th[aria-sort="descending"]').textContent()).toBe('ess bulk');
    expect((await names()).at(-1)).toBe('tau');
    await page.close();
  });

  it('shows the quantity that is chosen', async () => {
    const { page } = await open(schools);
    const first = page.locator('#one-figures svg').first();
    await page.locator('.name[data-name="mu"]').press('Enter');
    await page.waitForSelector('#one-figures .plot[data-drawn]');
    expect(await first.getAttribute('aria-label')).toContain('Trace of mu');
    expect(await page.locator('.name[aria-current="true"]').textContent()).toBe('mu');
    await page.locator('#next').press('Enter');
    await page.waitForSelector('#one-figures .plot[data-drawn]');
    expect(await first.getAttribute('aria-label')).toContain('Trace of tau');
    await page.locator('#group').selectOption('effect');
    expect(await page.locator('#said').textContent()).toBe('Pictures of tau.');
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has no fault of accessibility, %s', async (scheme) => {
    const { page } = await open(schools, undefined, scheme);
    await drawAll(page);
    await page.addScriptTag({ path: axe });
    const faults = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
    });
    expect(faults).toEqual([]);
    await page.close();
  });

  it('is dark where the system is, or the reader wants it', async () => {
    const ground = (page: Page): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const { page: dark } = await open(schools, undefined, 'dark');
    const { page: light } = await open(schools);
    expect(await ground(light)).toBe('rgb(255, 255, 255)');
    expect(await ground(dark)).toBe('rgb(22, 24, 29)');
    await light.locator('#theme').selectOption('dark');
    expect(await ground(light)).toBe('rgb(22, 24, 29)');
    await Promise.all([dark.close(), light.close()]);
  });

  it('fits a phone', async () => {
    const { page } = await open(schools, { width: 360, height: 740 });
    await drawAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.close();
  });
});

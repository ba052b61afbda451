/** `credence report` and `credence plot` on a run that `credence sample` has written. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommand, run } from '../cli/command';

const folder = mkdtempSync(join(tmpdir(), 'credence-report-'));
const model = fileURLToPath(new URL('../../examples/eight-schools.ts', import.meta.url));

beforeAll(async () => {
  await buildCommand();
  const { status } = await run(
    ['sample', model, '--seed', '1', '--draws', '500', '--out', 'schools'],
    folder,
  );
  expect(status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('report', () => {
  it('writes a page beside the draws', async () => {
    const { status, stdout } = await run(['report', 'schools'], folder);
    expect(stdout).toBe('schools/report.html\n');
    expect(status).toBe(0);
    const page = readFileSync(join(folder, 'schools/report.html'), 'utf8');
    expect(page).toContain('<title>schools</title>');
    expect(page).toContain('<dt>seed</dt><dd>1</dd>');
    expect(page).not.toContain('Predictions against data</h2>');
  });

  it('adds statements, data, prior and predictions with the model', async () => {
    const args = ['report', 'schools', '--model', model, '--out', 'page.html', '--json'];
    const { status, stdout } = await run(args, folder);
    expect(JSON.parse(stdout)).toEqual({ written: ['page.html'] });
    expect(status).toBe(0);
    const page = readFileSync(join(folder, 'page.html'), 'utf8');
    expect(page).toContain('mu ~ normal(0, 5)\ntau ~ halfCauchy(5)\neffect ~ normal(mu, tau) (noncentered)');
    expect(page).toContain('<th scope="row">sigma</th><td>8</td><td>12.5</td>');
    expect(page).toContain('Predictions against data</h2>');
    const contents = JSON.parse(/id="contents">(.*?)<\/script>/s.exec(page)![1]) as {
      checks: { name: string; observed: number[]; replications: number[][] }[];
      prior: { draws: unknown[] };
    };
    expect(contents.checks).toHaveLength(1);
    expect(contents.checks[0].observed).toEqual([28, 8, -3, 7, -1, 1, 18, 12]);
    expect(contents.checks[0].replications).toHaveLength(200);
    expect(contents.prior.draws).toHaveLength(10);
  });

  it('puts several runs side by side', async () => {
    await run(['sample', model, '--seed', '2', '--draws', '400', '--out', 'again'], folder);
    const { status, stdout } = await run(['report', 'schools', 'again'], folder);
    expect(status).toBe(0);
    expect(stdout).toBe('schools/report.html\nagain/report.html\n');
    const page = readFileSync(join(folder, 'again/report.html'), 'utf8');
    expect(page).toContain('<title>again</title>');
    expect(page).toMatch(/<pre>\s+schools mean +sd +again mean +sd +z\nmu /);
    expect(page).toContain('intervals of 10 quantities in 2 runs: schools, again.');
    const out = await run(['report', 'schools', 'again', '--out', 'x.html'], folder);
    expect(out.stderr).toContain('--out names one page, but there are several runs');
  });

  it('says what is wrong in one line', async () => {
    const missing = await run(['report', 'nowhere'], folder);
    expect(missing).toMatchObject({
      status: 1,
      stdout: '',
      stderr: "error: there is no file or directory 'nowhere'\n",
    });
    const data = await run(['report', 'schools', '--data', 'x.json'], folder);
    expect(data.stderr).toBe('error: --data needs --model: it tells what the data are for\n');
  });
});

describe('plot', () => {
  it.each(['trace', 'density', 'rank', 'pair', 'forest'])(
    'draws a %s without colours in a pipe',
    async (kind) => {
      const { status, stdout } = await run(['plot', 'schools', '--kind', kind], folder);
      expect(status).toBe(0);
      expect(stdout).not.toContain('\u001b');
      expect(stdout).toContain('mu');
      for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    },
  );

  it('writes SVG, or specifications', async () => {
    const svg = await run(
      ['plot', 'schools', '--kind', 'pair', '--names', 'mu,effect[1]', '--out', 'pair.svg'],
      folder,
    );
    expect(svg).toMatchObject({ status: 0, stdout: 'pair.svg\n' });
    expect(readFileSync(join(folder, 'pair.svg'), 'utf8')).toContain(
      'aria-label="Scatter plot of mu, effect[',
    );
    const { stdout } = await run(['plot', 'schools', '--names', 'mu,tau', '--json'], folder);
    const specifications = JSON.parse(stdout) as { $schema: string; title: string }[];
    expect(specifications.map(({ title }) => title)).toEqual(['Trace of mu', 'Trace of tau']);
    expect(specifications[0].$schema).toContain('vega-lite');
  });

  it('puts runs one below the other', async () => {
    const { stdout } = await run(['plot', 'schools', 'schools', '--kind', 'forest', '--names', 'mu'], folder);
    expect(stdout.match(/== schools ==/g)).toHaveLength(2);
  });

  it('says what is wrong in one line', async () => {
    const name = await run(['plot', 'schools', '--names', 'nu'], folder);
    expect(name).toMatchObject({ status: 1, stdout: '' });
    expect(name.stderr).toBe("error: plot: there is no quantity 'nu'; the fit has mu, tau, effect\n");
    const many = await run(['plot', 'schools', '--names', 'effect', '--out', 'x.svg'], folder);
    expect(many.stderr).toContain('--out takes one picture, but these are 8');
    expect(existsSync(join(folder, 'x.svg'))).toBe(false);
    expect((await run(['plot', 'schools', '--height', '1'], folder)).status).toBe(1);
    const both = await run(['plot', 'schools', '--kind', 'forest', '--json', '--out', 'x.svg'], folder);
    expect(both).toMatchObject({ status: 1, stdout: '' });
    expect(both.stderr).toContain("'--json' cannot be used with option '--out <file.svg>'");
  });
});

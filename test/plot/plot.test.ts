/** Every picture: valid in its grammar, drawn without a browser, showing what the draws say. */

import { compile } from 'vega-lite';
import { describe, expect, it, test } from 'vitest';
import * as plot from '../../src/plot';
import { randomNumbers } from '../diagnostics/random-numbers';
import { exampleRun } from './example';

const fit = exampleRun();
const diverged = fit.stats.divergent.reduce((total, flags) => total + flags.reduce((a, b) => a + b, 0), 0);
const uniform = randomNumbers(7);
const counts = (): number[] => Array.from({ length: 60 }, () => Math.floor(12 * uniform() * uniform()));
const observed = counts();
const replications = Array.from({ length: 100 }, counts);
const ranks = Array.from({ length: 80 }, () => Math.floor(100 * uniform()));

const pictures: Record<string, plot.Specification> = {
  trace: plot.trace(fit, 'mu'),
  density: plot.density(fit, 'tau'),
  rank: plot.rank(fit, 'tau'),
  rankEcdf: plot.rankEcdf(fit, 'mu'),
  autocorrelation: plot.autocorrelation(fit, 'tau'),
  essEvolution: plot.essEvolution(fit, 'tau'),
  essLocal: plot.essLocal(fit, 'tau'),
  essQuantile: plot.essQuantile(fit, 'tau'),
  energy: plot.energy(fit),
  pair: plot.pair(fit, ['mu', 'tau']),
  'pair of three': plot.pair(fit, ['mu', 'tau', 'effect[Choate]']),
  forest: plot.forest(fit),
  'forest of two runs': plot.forest({ first: fit, second: exampleRun(2, 100) }, ['mu', 'effect']),
  parallel: plot.parallel(fit),
  ppcDensity: plot.ppcDensity(observed, replications),
  ppcEcdf: plot.ppcEcdf(observed, replications),
  ppcStatistic: plot.ppcStatistic(observed, replications, {
    statistic: (values) => Math.max(...values),
    name: 'largest',
  }),
  ppcGrouped: plot.ppcGrouped(
    observed,
    replications,
    observed.map((_, i) => 'abc'[i % 3]),
  ),
  ppcRootogram: plot.ppcRootogram(observed, replications),
  looPit: plot.looPit(Array.from({ length: 50 }, uniform)),
  sbcHistogram: plot.sbcHistogram(ranks, 99),
  sbcEcdf: plot.sbcEcdf(ranks, 99),
  paretoK: plot.paretoK(Array.from({ length: 30 }, uniform)),
  priorPosterior: plot.priorPosterior(
    Array.from({ length: 200 }, uniform),
    Array.from({ length: 200 }, () => 0.5 * uniform()),
  ),
};

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe.each(Object.entries(pictures))('%s', (_, specification) => {
  it('is plain data that the grammar accepts without a complaint', () => {
    expect(JSON.parse(JSON.stringify(specification))).toEqual(specification);
    const complaints: unknown[] = [];
    const complain = (...words: unknown[]): never => {
      complaints.push(...words);
      return logger as never;
    };
    const quiet = (): never => logger as never;
    const logger = { warn: complain, error: complain, info: quiet, debug: quiet, level: quiet };
    compile(specification as never, { logger: logger as never });
    expect(complaints).toEqual([]);
  });

  it('is drawn, and described to those who cannot see it', async () => {
    const svg = await plot.toSVG(specification);
    expect(svg.startsWith(`<svg role="img" aria-label="${specification.description}"`)).toBe(true);
    expect(count(svg, /<path|<line|<rect/g)).toBeGreaterThan(10);
    expect(/NaN|undefined/.test(svg)).toBe(false);
    expect(svg.includes('currentColor')).toBe(true);
  });
});

test('a trace has a line for each chain and a mark for each divergence', async () => {
  const svg = await plot.toSVG(plot.trace(fit, 'mu'));
  expect(count(svg, /<path[^>]*stroke-width="0.8"/g)).toBe(4);
  expect(diverged).toBeGreaterThan(5);
  expect(count(svg, /<path[^>]*fill="#d9412f"/g)).toBe(diverged);
});

test('a pair shows every divergence', async () => {
  expect(count(await plot.toSVG(plot.pair(fit, ['mu', 'tau'])), /<path[^>]*fill="#d9412f"/g)).toBe(diverged);
});

test('a forest marks what has not mixed', async () => {
  const run = exampleRun();
  run.quantityDraws(0)[1].forEach((_, i, draws) => (draws[i] += 20));
  const svg = await plot.toSVG(plot.forest(run, ['mu', 'effect[2]']));
  expect(svg).toContain('effect[Phillips Andover]');
  expect(count(svg, /stroke="#d9412f"/g)).toBe(2);
});

test('a forest of several runs takes labels from those that have them', () => {
  const bare = exampleRun(2, 100);
  const unlabelled = { ...bare, layout: { ...bare.layout, coords: {} } };
  const { data } = plot.forest({ stan: unlabelled, ours: fit }, 'effect') as unknown as {
    data: { values: { label: string; run: string }[] };
  };
  expect(data.values.map(({ label, run }) => `${run} ${label}`)).toContain('stan effect[Choate]');
  expect(new Set(data.values.map(({ label }) => label)).size).toBe(8);
});

test('a forest says what it leaves out', () => {
  expect(plot.forest(fit, undefined, { limit: 4 }).title).toBe(
    'Medians with 50 % and 90 % intervals, the first 4',
  );
  expect(plot.forest(fit, 'effect').title).toBe('Medians with 50 % and 90 % intervals');
});

test('constant draws are drawn, too', async () => {
  const run = exampleRun(2, 50);
  for (const draws of run.quantityDraws(0) as Float64Array[]) draws.fill(3);
  for (const kind of [plot.trace, plot.density, plot.rank, plot.autocorrelation, plot.essEvolution]) {
    expect(await plot.toSVG(kind(run, 'mu'))).toMatch(/^<svg/);
  }
});

test('labels of neighbouring rank histograms keep within their own', async () => {
  const svg = await plot.toSVG(plot.rank(exampleRun(8, 1000), 'tau', { width: 420 }));
  const labels = [...svg.matchAll(/<text text-anchor="(\w+)"[^>]*>([\d,]+)<\/text>/g)].map(
    ([, anchor, text]) => ({
      anchor,
      text,
    }),
  );
  expect(labels.filter(({ text }) => text === '8,000').map(({ anchor }) => anchor)).toEqual(
    Array(8).fill('end'),
  );
  expect(labels.some(({ text }) => text === '4,000')).toBe(false);
});

test('draws without a sampler have no divergences', () => {
  const { layout, quantityDraws } = fit;
  expect(plot.pair({ layout, quantityDraws }, ['mu', 'tau']).title).toBe('mu, tau: 0 divergent');
  expect(() => plot.energy({ layout, quantityDraws })).toThrow('come without energies');
});

test('names that are not there, or not of one scalar, are refused', () => {
  expect(() => plot.trace(fit, 'nu')).toThrow(
    "plot.trace: there is no quantity 'nu'; the fit has mu, tau, effect",
  );
  expect(() => plot.trace(fit, 'effect')).toThrow("'effect' has 8 elements, choose one, such as 'effect[0]'");
  expect(() => plot.pair(fit, ['mu'])).toThrow('expected 2 to 8 scalar quantities, got 1');
});

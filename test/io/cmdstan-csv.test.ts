/** CmdStan's CSV: columns, order, numbers, comments. */

import { expect, test } from 'vitest';
import { cmdStanCsv, type RecordedRun } from '../../src/io';
import { cmdStanColumns } from '../../src/io/cmdstan-names';
import { layoutOf } from '../report/example';
import { exampleRun, layout, origin } from './example';

function linesOf(run: RecordedRun, chain: number): string[] {
  return [...cmdStanCsv(run, origin, chain)].join('').trimEnd().split('\n');
}

test('columns count from 1, the first index fastest, and point at row-major values', () => {
  expect(cmdStanColumns(layout)).toEqual([
    { name: 'mu', index: 0 },
    { name: 'L.1.1', index: 1 },
    { name: 'L.2.1', index: 4 },
    { name: 'L.1.2', index: 2 },
    { name: 'L.2.2', index: 5 },
    { name: 'L.1.3', index: 3 },
    { name: 'L.2.3', index: 6 },
  ]);
  expect(cmdStanColumns(layoutOf([{ name: 'none', shape: [0] }]))).toEqual([]);
});

test('draws stand under their columns with all their digits', () => {
  const run = exampleRun();
  const lines = linesOf(run, 1).filter((line) => !line.startsWith('#'));
  expect(lines[0]).toBe(
    'lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,L.1.1,L.2.1,L.1.2,L.2.2,L.1.3,L.2.3',
  );
  expect(lines).toHaveLength(1 + 5);
  const columns = cmdStanColumns(layout);
  for (const [draw, line] of lines.slice(1).entries()) {
    const values = line.split(',').map(Number);
    expect(values.slice(0, 7)).toEqual([-12.5, 0.9, 0.25, 3, 7, 0, 20.125]);
    expect(values.slice(7)).toEqual(columns.map(({ index }) => run.quantityDraws(index)[1][draw]));
  }
});

test('numbers that are not finite are spelt as C++ does', () => {
  const run = {
    ...exampleRun(),
    quantityDraws: () => [Float64Array.of(NaN, Infinity, -Infinity, 1e-300, 1e21)],
  };
  const lines = linesOf(run, 0).filter((line) => !line.startsWith('#'));
  expect(lines.slice(1).map((line) => line.split(',')[7])).toEqual(['nan', 'inf', '-inf', '1e-300', '1e+21']);
});

test('comments tell settings, adaptation and time, and number the chain', () => {
  const lines = linesOf(exampleRun(), 1);
  const header = lines.findIndex((line) => !line.startsWith('#'));
  for (const line of [
    '# model = schools',
    '#     num_samples = 5',
    '#     num_warmup = 100',
    '#       delta = 0.8',
    '#             max_depth = 10',
    '#         metric = diag_e',
    '# id = 3',
    '#   file = schools.json',
    '#   seed = 7',
  ]) {
    expect(lines.slice(0, header)).toContain(line);
  }
  expect(lines.slice(header + 1, header + 5)).toEqual([
    '# Adaptation terminated',
    '# Step size = 0.25',
    '# Diagonal elements of inverse mass matrix:',
    '# 1, 0.5, 0.5, 4',
  ]);
  expect(lines.slice(-5).join('\n')).toContain('#  Elapsed Time: 0.125 seconds (Warm-up)');
  expect(lines.slice(-5).join('\n')).toContain('#                0.375 seconds (Total)');
});

test('static HMC has an integration time and no tree', () => {
  const algorithm = { kind: 'hmc', steps: 0, integrationTime: 2.5, maxSteps: 100, jitter: 0 } as const;
  const lines = linesOf(exampleRun({ algorithm }), 0);
  expect(lines).toContain('#             int_time = 2.5');
  expect(lines.join()).not.toContain('max_depth');
});

test('of a metric of low rank there is the diagonal', () => {
  const lines = linesOf(exampleRun({ metric: 'low-rank' }), 0);
  expect(lines).toContain('#         metric = low_rank');
  expect(lines[lines.indexOf('# Diagonal elements of inverse mass matrix:') + 1]).toBe('# 1, 0.5, 0.5, 4');
});

test('a dense metric is written row by row', () => {
  const lines = linesOf(exampleRun({ metric: 'dense' }), 0);
  const at = lines.indexOf('# Elements of inverse mass matrix:');
  expect(lines.slice(at + 1, at + 3)).toEqual(['# 1, 0.5', '# 0.5, 4']);
});

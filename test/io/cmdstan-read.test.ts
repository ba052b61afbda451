/** CSV of Stan is read as Stan wrote it: adaptation, thinning, saved warm-up, arrays; and nothing else is. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cmdStanCsv } from '../../src/io';
import { cmdStanColumns, layoutOfColumns } from '../../src/io/cmdstan-names';
import { readRun } from '../../src/io/read-run';
import { layoutOf } from '../report/example';
import { exampleRun, layout, origin } from './example';

const root = mkdtempSync(join(tmpdir(), 'credence-cmdstan-'));
afterAll(() => rmSync(root, { recursive: true }));
function file(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

interface Form {
  id?: number;
  settings?: string[];
  header?: string;
  warmup?: number;
  draws?: number;
  adaptation?: string[];
  values?: (draw: number) => string;
}
/** A file in the form of CmdStan 2.37. */
function stanCsv(form: Form = {}): string {
  const {
    id = 1,
    settings = [
      'num_samples = 4',
      'num_warmup = 6 (Default)',
      'save_warmup = false (Default)',
      'thin = 1 (Default)',
    ],
    header = 'lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,theta,a.1.1,a.2.1,a.1.2,a.2.2,a.1.3,a.2.3',
    warmup = 0,
    draws = 4,
    adaptation = [
      'Adaptation terminated',
      'Step size = 0.75',
      'Diagonal elements of inverse mass matrix:',
      '0.5, 2',
    ],
    values = (draw) =>
      `-7.5,0.9,0.75,2,3,${Math.abs(draw % 2)},7.3,${id}.${Math.abs(draw)},11,21,12,22,13,23`,
  } = form;
  const rows = (from: number, count: number): string[] =>
    Array.from({ length: count }, (_, i) => values(from + i));
  return [
    ...[
      'stan_version_major = 2',
      'stan_version_minor = 37',
      'model = bernoulli_model',
      'method = sample (Default)',
    ],
    '  sample',
    ...settings.map((line) => `    ${line}`),
    ...['    adapt', '      delta = 0.8 (Default)', '    algorithm = hmc (Default)', '      hmc'],
    ...['        engine = nuts (Default)', '          nuts', '            max_depth = 10 (Default)'],
    ...[
      '        metric = diag_e (Default)',
      `id = ${id}`,
      'data',
      '  file = bernoulli.json',
      'init = 2 (Default)',
    ],
    ...['random', '  seed = 12345', 'output', '  file = output.csv (Default)'],
  ]
    .map((line) => `# ${line}`)
    .concat(
      header,
      rows(-warmup, warmup),
      adaptation.map((line) => `# ${line}`),
      rows(0, draws),
      ['', ' Elapsed Time: 0.5 seconds (Warm-up)', '               0.25 seconds (Sampling)', ''].map(
        (line) => `# ${line}`,
      ),
      '',
    )
    .join('\n');
}

test('settings, arrays in row-major order, statistics, adaptation and time', async () => {
  const run = await readRun([file('two_2.csv', stanCsv({ id: 2 })), file('two_1.csv', stanCsv())]);
  expect(run.layout.quantities.map(({ name, shape, offset }) => [name, shape, offset])).toEqual([
    ['theta', [], 0],
    ['a', [2, 3], 1],
  ]);
  expect(run.chains).toEqual([0, 1]);
  expect(run.draws('theta').at()).toEqual([
    Float64Array.of(1.0, 1.1, 1.2, 1.3),
    Float64Array.of(2.0, 2.1, 2.2, 2.3),
  ]);
  expect([...run.draws('a').chain(0).subarray(0, 6)]).toEqual([11, 12, 13, 21, 22, 23]);
  expect(run.stats.divergent[0]).toEqual(Float64Array.of(0, 1, 0, 1));
  expect(run.stats.leapfrogs[1]).toEqual(Float64Array.of(3, 3, 3, 3));
  expect(run.settings).toEqual({
    algorithm: { kind: 'nuts', maxTreeDepth: 10 },
    chains: 2,
    seed: 12345,
    warmup: 6,
    draws: 4,
    thin: 1,
    targetAcceptance: 0.8,
    metric: 'diagonal',
    radius: 2,
  });
  expect(run.origin).toEqual({ model: 'bernoulli', dataFile: 'bernoulli.json' });
  expect(run.inverseMetric).toEqual([Float64Array.of(0.5, 2), Float64Array.of(0.5, 2)]);
  expect(run.timing).toEqual({ warmupSeconds: 1, samplingSeconds: 0.5 });
  expect(run.summary().diagnostics.divergences).toBe(4);
});

test('saved warm-up is left out, with adaptation or without, thinned or not', async () => {
  const saved = ['num_samples = 8', 'num_warmup = 5', 'save_warmup = true', 'thin = 2'];
  const adapted = file('saved.csv', stanCsv({ settings: saved, warmup: 3, draws: 4 }));
  const fixed = file('fixed.csv', stanCsv({ settings: saved, warmup: 3, draws: 4, adaptation: [] }));
  for (const path of [adapted, fixed]) {
    const run = await readRun(path);
    expect(run.draws('theta').at()[0]).toEqual(Float64Array.of(1.0, 1.1, 1.2, 1.3));
  }
});

test('what is not finite, Windows lines, fixed parameters, and files without comments', async () => {
  const odd = ['nan', 'inf', '-inf', '+inf', 'NaN', '1e-320'];
  const header = 'lp__,accept_stat__,x';
  const plain = [header, ...odd.map((value) => `0,0,${value}`), ''].join('\r\n');
  const run = await readRun(file('plain.csv', plain));
  expect(run.draws('x').at()[0]).toEqual(Float64Array.of(NaN, Infinity, -Infinity, Infinity, NaN, 1e-320));
  expect([...run.recorded]).toEqual(['logDensity', 'acceptance']);
  expect(run.stats.energy[0]).toEqual(new Float64Array(6).fill(NaN));
  expect(run.maxTreeDepth).toBeUndefined();
  expect(run.summary().find('x').finite).toBe(false);
});

test('our own CSV comes back: layout, draws, settings', async () => {
  const run = exampleRun({ thin: 3 });
  const paths = [0, 1].map((chain) =>
    file(`own_${run.chains[chain] + 1}.csv`, [...cmdStanCsv(run, origin, chain)].join('')),
  );
  const back = await readRun(paths);
  expect(back.layout).toEqual(layout);
  expect(back.chains).toEqual([0, 2]);
  expect(back.settings).toMatchObject({ seed: 7, thin: 3, draws: 5, warmup: 100, metric: 'diagonal' });
  for (let i = 0; i < layout.size; i++) expect(back.quantityDraws(i)).toEqual(run.quantityDraws(i));
  expect(back.inverseMetric).toEqual(run.inverseMetric);
});

test('files that Stan itself wrote', async () => {
  const run = await readRun(new URL('stan', import.meta.url).pathname);
  expect(run.layout.quantities.map(({ name, shape }) => [name, shape])).toEqual([
    ['mu', []],
    ['sigma', []],
    ['L', [2, 3]],
    ['both', [2]],
  ]);
  expect([run.chains, run.drawsPerChain]).toEqual([[0, 1], 10]);
  // As rstan extracts them (generate.R): iteration 1 and 2 of each chain; the file has six digits.
  const expected = {
    'L[1,0]': [-1.207974, -1.542734, 0.47387927, 0.08423444],
    'L[0,1]': [0.6245015, 0.2051495, -1.51386, -1.135959],
    'L[1,2]': [0.5038044, 0.5822114, -1.5587452, 0.4816663],
  };
  const elements = { 'L[1,0]': [1, 0], 'L[0,1]': [0, 1], 'L[1,2]': [1, 2] } as const;
  for (const [name, values] of Object.entries(expected)) {
    const [one, two] = run.draws('L').at(...elements[name as 'L[1,0]']);
    const found = [...one.subarray(0, 2), ...two.subarray(0, 2)];
    found.forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThan(6e-6 * Math.abs(values[i])));
  }
  expect(run.draws('both').at(0)).toEqual(run.draws('mu').at());
  expect(run.settings).toMatchObject({ warmup: 40, draws: 10, thin: 2, seed: 11, metric: 'diagonal' });
  expect(run.settings.algorithm).toEqual({ kind: 'nuts', maxTreeDepth: 10 });
  expect(run.inverseMetric[0]).toEqual(new Float64Array(8).fill(1));
});

test('columns invert layouts, whatever shapes they have', () => {
  const shapes = layoutOf([
    { name: 'a', shape: [] },
    { name: 'cube', shape: [2, 3, 4] },
    { name: 'v', shape: [11] },
  ]);
  const columns = cmdStanColumns(shapes);
  const { layout: back, indices } = layoutOfColumns(columns.map(({ name }) => name));
  expect(back).toEqual(shapes);
  expect([...indices]).toEqual(columns.map(({ index }) => index));
  expect(
    layoutOfColumns(['z.real', 'z.imag', 'p:1.2', 'p:1.1']).layout.quantities.map((q) => [q.name, q.shape]),
  ).toEqual([
    ['z.real', []],
    ['z.imag', []],
    ['p:1', [2]],
  ]);
});

test('a directory of CSV files is a run; chains are ordered by number', async () => {
  const directory = mkdtempSync(join(root, 'dir-'));
  for (const id of [10, 9, 2]) writeFileSync(join(directory, `out_${id}.csv`), stanCsv({ id }));
  writeFileSync(join(directory, 'out-profile_2.csv'), 'name,thread_id\nlikelihood,0x1\n');
  const run = await readRun(directory);
  expect(run.chains).toEqual([1, 8, 9]);
  expect(run.draws('theta').at()[2][1]).toBe(10.1);
});

const whole = stanCsv();
describe('refusals name file, line and column', () => {
  const bad: [string, string, RegExp][] = [
    [
      'a number',
      whole.replace('-7.5,0.9,0.75,2,3,1,', '-7.5,0.9,0.75,x2,3,1,'),
      /bad\.csv:32: column 4 \('treedepth__'\): expected a number, found 'x2'/,
    ],
    [
      'an empty field',
      whole.replace('1.2,11,', ',11,'),
      /bad\.csv:33: column 8 \('theta'\): expected a number, found ''/,
    ],
    ['a short row', whole.replace('1.3,11,21', '1.3'), /bad\.csv:34: expected 14 values, found 12/],
    [
      'another method',
      whole.replace('method = sample (Default)', 'method = variational'),
      /expected draws of method sample, found the result of method variational/,
    ],
    [
      'a foreign table',
      'year,count\n1999,3\n',
      /bad\.csv:1: expected the column names of a CmdStan file, beginning with lp__, found 'year,count'/,
    ],
    ['nothing', '', /bad\.csv:1: expected a line of column names/],
    ['a column twice', whole.replace('a.2.1,', 'a.1.1,'), /bad\.csv:26: column 'a\.1\.1' is there twice/],
    [
      'a missing column',
      whole.replace(',theta', ',a.3.3'),
      /column 'a\.3\.1' is missing beside the other columns of 'a'/,
    ],
    ['a mixed rank', whole.replace(',theta', ',a.3'), /quantity 'a' has columns of 2 and 1 indices/],
    ['two files in one', whole + whole, /bad\.csv:\d+: .*found/],
    ['missing draws', stanCsv({ draws: 3 }), /bad\.csv:\d+: the file stops here, after 3 of 4 draws/],
    ['too many draws', stanCsv({ draws: 5 }), /holds 5 draws, but its settings announce 4/],
  ];
  test.each(bad)('%s', async (_, text, message) => {
    await expect(readRun(file('bad.csv', text))).rejects.toThrow(message);
  });

  test('a file cut anywhere is refused, and read as far as it goes when that is asked for', async () => {
    const end = whole.indexOf('# \n#  Elapsed');
    const begin = whole.indexOf('0.5, 2\n') + 7;
    for (let at = 0; at < end; at += 13) {
      await expect(readRun(file('cut.csv', whole.slice(0, at)))).rejects.toThrow(/cut\.csv:\d+: /);
    }
    for (let at = begin; at < end; at += 7) {
      const path = file('cut.csv', whole.slice(0, at));
      const rows = whole.slice(begin, at).split('\n').length - 1;
      if (rows === 0) await expect(readRun(path, { partial: true })).rejects.toThrow('after 0 of 4 draws');
      else
        expect(await readRun(path, { partial: true })).toMatchObject({
          drawsPerChain: rows,
          complete: false,
        });
    }
  });

  test('chains of different runs', async () => {
    const one = file('one.csv', whole);
    const other = (text: string) => readRun([one, file('other.csv', text)]);
    await expect(other(stanCsv({ id: 2 }).replace('bernoulli_model', 'poisson_model'))).rejects.toThrow(
      /other\.csv and .*one\.csv are not chains of one run: the model is poisson in the first and bernoulli in the second/,
    );
    await expect(other(stanCsv({ id: 2 }).replace('theta', 'phi'))).rejects.toThrow('column 8 is phi');
    await expect(other(stanCsv({ id: 2 }).replace('delta = 0.8', 'delta = 0.9'))).rejects.toThrow(
      'delta is 0.9',
    );
    await expect(other(whole)).rejects.toThrow(/other\.csv holds the same draws as .*one\.csv/);
  });

  test('what is not there', async () => {
    await expect(readRun(join(root, 'absent'))).rejects.toThrow(/there is no file or directory '.*absent'/);
    await expect(readRun(mkdtempSync(join(root, 'empty-')))).rejects.toThrow(
      'neither a run.json nor a CSV file',
    );
  });
});

/** InferenceData and Parquet: back as they were, opened by ArviZ itself, refused with names when damaged. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import { essBulk } from '../../src/diagnostics';
import {
  type GroupName,
  inferenceData,
  inferenceDataJson,
  readInferenceDataJson,
  type RecordedRun,
  runOfDatasets,
  toNetcdf,
  toParquet,
} from '../../src/io';
import { readRun } from '../../src/io/read-run';
import { layoutOf, noise } from '../report/example';
import { exampleRun } from './example';

const root = mkdtempSync(join(tmpdir(), 'credence-formats-'));
afterAll(() => rmSync(root, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
};

const layout = layoutOf(
  [
    { name: 'mu', shape: [] },
    { name: 'effect', shape: [2], dims: ['school'] },
    { name: 'L', shape: [2, 3], dims: [undefined, 'year'], kind: 'derived' },
    { name: 'year', shape: [], kind: 'derived' },
    { name: 'log_lik', shape: [4], kind: 'derived' },
  ],
  { school: ['Choate', 'Élan'], year: [1999, 2000, 2001] },
);
const DRAWS = 5;
const run: RecordedRun = { ...exampleRun(), layout };
const chains = run.chains.length;
const predictions = {
  layout: layoutOf([{ name: 'y', shape: [2, 3], dims: ['school', undefined] }], {
    school: ['Choate', 'Élan'],
  }),
  quantityDraws: (index: number) => run.chains.map((chain) => noise(DRAWS, 700 + 10 * index + chain)),
};
const observed = {
  y: [
    [1, 2, 3],
    [4, 5, 6.5],
  ],
  n: 7,
};
const full = inferenceData(run, {
  posteriorPredictive: predictions,
  prior: {
    layout: layoutOf([{ name: 'mu', shape: [] }]),
    quantityDraws: () => run.chains.map(() => noise(DRAWS, 1)),
  },
  observedData: observed,
  groups: { log_lik: 'log_likelihood' },
});

/** What of a run files of draws must bring back; quantities by name, for groups may have left the layout. */
function facts(
  stored: Pick<RecordedRun, 'layout' | 'chains' | 'quantityDraws' | 'stats' | 'settings'>,
  names: string[],
) {
  const quantities = names.map((name) => {
    const { offset: at, ...quantity } = stored.layout.quantities.find(
      (candidate) => candidate.name === name,
    )!;
    const size = quantity.shape.reduce((a, b) => a * b, 1);
    return { quantity, draws: Array.from({ length: size }, (_, i) => stored.quantityDraws(at + i)) };
  });
  return {
    quantities,
    coords: stored.layout.coords,
    chains: stored.chains,
    stats: stored.stats,
    settings: stored.settings,
  };
}
const names = ['mu', 'effect', 'L', 'year'];

test('groups, dimensions, labels', () => {
  expect(Object.keys(full)).toEqual([
    'posterior',
    'sample_stats',
    'log_likelihood',
    'posterior_predictive',
    'prior',
    'observed_data',
  ]);
  expect(Object.keys(full.posterior!.variables)).toEqual(names);
  // A dimension may not be called like a variable.
  expect(full.posterior!.variables.L.dims).toEqual(['chain', 'draw', 'L_dim_0', 'year_dim']);
  expect(full.posterior!.coords).toEqual({ school: ['Choate', 'Élan'], year_dim: [1999, 2000, 2001] });
  expect(full.observed_data!.variables.y.dims).toEqual(['school', 'y_dim_1']);
  expect(full.observed_data!.variables.n.shape).toEqual([]);
  const { values, shape } = full.posterior!.variables.L;
  expect(shape).toEqual([chains, DRAWS, 2, 3]);
  expect(values[1 * DRAWS * 6 + 4 * 6 + 5]).toBe(run.quantityDraws(3 + 5)[1][4]);
});

test.each([
  ['NetCDF', 'run.nc', () => toNetcdf(full)],
  ['JSON', 'run.json', async () => [...inferenceDataJson(full)].join('')],
])('%s comes back', async (_, name, write) => {
  const back = await readRun(file(name, await write()));
  const expected = facts(run, names);
  const found = facts(back, names);
  expect(found.chains).toEqual(expected.chains);
  expect(found.stats).toEqual(expected.stats);
  expect(found.settings).toEqual(expected.settings);
  expect(found.quantities.map(({ draws }) => draws)).toEqual(expected.quantities.map(({ draws }) => draws));
  expect(found.quantities.map(({ quantity }) => [quantity.name, quantity.shape, quantity.kind])).toEqual(
    expected.quantities.map(({ quantity }) => [quantity.name, quantity.shape, quantity.kind]),
  );
  expect(found.quantities[1].quantity.dims).toEqual(['school']);
  expect(found.coords.school).toEqual(['Choate', 'Élan']);
});

test('Parquet comes back, with dimensions and labels', async () => {
  const back = await readRun(file('run.parquet', await toParquet(run)));
  expect(facts(back, names)).toEqual(facts(run, names));
  expect(back.layout).toEqual(layout);
});

test('Parquet of other tools needs only .chain and numbers', async () => {
  const columns = { '.chain': [2, 1, 2, 1], 'b[2]': [1, 2, 3, 4], 'b[1]': [5, 6, 7, 8], lp__: [0, 1, 2, 3] };
  const columnData = Object.entries(columns).map(([name, data]) => ({ name, data, type: 'DOUBLE' as const }));
  const back = await readRun(file('other.parquet', new Uint8Array(parquetWriteBuffer({ columnData }))));
  expect(back.draws('b').at(0)).toEqual([Float64Array.of(6, 8), Float64Array.of(5, 7)]);
  expect(back.draws('b').at(1)).toEqual([Float64Array.of(2, 4), Float64Array.of(1, 3)]);
  expect(back.stats.logDensity[0]).toEqual(Float64Array.of(1, 3));
});

test('what is not finite survives every format', async () => {
  const odd = Float64Array.of(NaN, Infinity, -Infinity, -0, 5e-324);
  const strange = { ...run, layout: layoutOf([{ name: 'x', shape: [] }]), quantityDraws: () => [odd, odd] };
  const data = inferenceData(strange);
  for (const path of [
    file('odd.nc', await toNetcdf(data)),
    file('odd.json', [...inferenceDataJson(data)].join('')),
    file('odd.parquet', await toParquet(strange)),
  ]) {
    const values = (await readRun(path)).draws('x').at()[1];
    expect(values).toEqual(odd);
  }
});

describe('damage and foreign files are named', () => {
  const refused = async (name: string, content: string | Uint8Array): Promise<string> =>
    readRun(file(name, content)).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  test('NetCDF', async () => {
    const bytes = await toNetcdf(full);
    expect(await refused('cut.nc', bytes.subarray(0, 3000))).toMatch(
      /cut\.nc: HDF5 cannot open it: truncated file/,
    );
    expect(await refused('zip.nc', 'PK, not NetCDF')).toMatch(
      /zip\.nc: expected NetCDF-4 \(HDF5\), found something else/,
    );
    expect(await refused('three.nc', 'CDF\u0001 and so on')).toContain('found NetCDF-3');
    const { posterior: _, ...others } = full;
    expect(await refused('half.nc', await toNetcdf(others))).toContain(
      "expected a group 'posterior', found sample_stats",
    );
  });
  test('JSON', async () => {
    const text = [...inferenceDataJson(full)].join('');
    expect(await refused('cut.json', text.slice(0, 700))).toMatch(/cut\.json:\d+:\d+: not JSON/);
    expect(await refused('data.json', '{"y": [1, 2]}')).toContain(
      'expected InferenceData with a group "posterior"',
    );
    expect(await refused('ragged.json', '{"posterior": {"a": [[1, 2], [3]]}}')).toContain(
      "ragged.json: group posterior: 'a': expected 2 values along axis 1, found 1",
    );
    expect(await refused('uneven.json', '{"posterior": {"a": [[1, 2]], "b": [[1, 2, 3]]}}')).toContain(
      "variable 'b': expected axes chain × draw of 1 × 2 first, found chain × draw of 1 × 3",
    );
  });
  test('Parquet', async () => {
    const bytes = await toParquet(run);
    expect(await refused('cut.parquet', bytes.subarray(0, -9))).toMatch(
      /cut\.parquet: the file is truncated/,
    );
    expect(await refused('text.parquet', 'chain,draw\n1,1\n')).toContain(
      'expected a Parquet file, found something else',
    );
    const table = (columnData: { name: string; data: unknown[]; type: 'DOUBLE' | 'STRING' }[]) =>
      new Uint8Array(parquetWriteBuffer({ columnData: columnData as never }));
    expect(await refused('none.parquet', table([{ name: 'a', data: [1], type: 'DOUBLE' }]))).toContain(
      "expected a column '.chain', found a",
    );
    const chain = { name: '.chain', data: [1, 1, 2], type: 'DOUBLE' as const };
    expect(
      await refused('words.parquet', table([chain, { name: 'a', data: ['x', 'y', 'z'], type: 'STRING' }])),
    ).toContain("words.parquet: column 'a', row 1: expected a number, found x");
    expect(await refused('ragged.parquet', table([chain]))).toContain(
      'chain 2 has 1 draws, but chain 1 has 2',
    );
  });
  test('a name that ArviZ keeps for itself, and a group of nothing', () => {
    const named = { ...run, layout: layoutOf([{ name: 'draw', shape: [] }]) };
    expect(() => inferenceData(named)).toThrow("no quantity may be called 'draw'");
    expect(() => inferenceData(run, { groups: { nu: 'prior' as GroupName } })).toThrow(
      "there is no quantity 'nu'",
    );
  });
});

const python = spawnSync('python3', ['-c', 'import arviz, netCDF4, h5netcdf, pandas, pyarrow'], {
  encoding: 'utf8',
});
if (python.status !== 0) {
  console.warn('files are not opened with ArviZ: pip install arviz netcdf4 h5netcdf pandas pyarrow');
}
test.runIf(python.status === 0)(
  'ArviZ, netCDF4 and pandas open the files, find the same numbers, and write them back',
  async () => {
    const paths = [
      file('arviz.nc', await toNetcdf(full)),
      file('arviz.json', [...inferenceDataJson(full)].join('')),
      file('pandas.parquet', await toParquet(run)),
    ];
    const script = new URL('opened.py', import.meta.url).pathname;
    const opened = JSON.parse(
      execFileSync('python3', [script, ...paths], { encoding: 'utf8', maxBuffer: 1 << 26 }),
    );
    for (const path of paths.slice(0, 2)) {
      const { groups, ess, library } = opened[path];
      expect(library).toBe('credence');
      expect(Object.keys(groups).sort()).toEqual(Object.keys(full).sort());
      for (const [group, dataset] of Object.entries(full)) {
        for (const [name, variable] of Object.entries(dataset!.variables)) {
          const found = groups[group][name];
          // From JSON, ArviZ makes an array of one value of what has no axes.
          if (variable.dims.length > 0 || path.endsWith('.nc')) expect(found.dims).toEqual(variable.dims);
          expect(found.values.map(Number)).toEqual([...variable.values]);
          if (variable.type === 'bool') expect(found.dtype).toBe('bool');
          for (const dim of variable.dims) {
            if (dataset!.coords[dim] !== undefined) expect(found.coords[dim]).toEqual(dataset!.coords[dim]);
          }
        }
      }
      // ArviZ computes on them, and as we do.
      expect(ess.mu[0] / essBulk(run.quantityDraws(0) as Float64Array[])).toBeCloseTo(1, 6);
    }
    // What ArviZ and pandas write of them comes back too.
    for (const again of paths.slice(0, 2).flatMap((path) => [`${path}.again.nc`, `${path}.again.json`])) {
      const back = await readRun(again);
      const expected = facts(run, names);
      const found = facts(back, names);
      expect(found.stats).toEqual(expected.stats);
      expect(found.quantities.map(({ draws }) => draws)).toEqual(
        expected.quantities.map(({ draws }) => draws),
      );
      expect(found.coords.school).toEqual(['Choate', 'Élan']);
    }
    const pandas = await readRun(`${paths[2]}.again.parquet`);
    expect(pandas.draws('mu').at()[0]).toEqual(Float64Array.of(NaN, ...run.quantityDraws(0)[0].slice(1)));
    expect(pandas.draws('L').at(1, 2)).toEqual(run.quantityDraws(3 + 5));
    expect(opened[paths[0]].netcdf4.L).toEqual(['chain', 'draw', 'L_dim_0', 'year_dim']);
    const { columns, values } = opened[paths[2]];
    expect(columns.slice(0, 4)).toEqual(['.chain', '.iteration', '.draw', 'lp__']);
    const at = columns.indexOf('L[2,3]');
    expect(values.map((row: number[]) => row[at])).toEqual(
      run.quantityDraws(3 + 5).flatMap((chain) => Array.from(chain)),
    );
    expect(values.map((row: number[]) => row[0])).toEqual([1, 1, 1, 1, 1, 3, 3, 3, 3, 3]);
  },
);

test('groups read back stay groups', async () => {
  const data = readInferenceDataJson('x', [...inferenceDataJson(full)].join(''));
  expect(data.log_likelihood!.variables.log_lik).toEqual(full.log_likelihood!.variables.log_lik);
  expect(data.observed_data!.variables).toEqual(full.observed_data!.variables);
  expect(runOfDatasets('x', data).names).toEqual(names);
});

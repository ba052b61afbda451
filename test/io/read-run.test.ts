/** Runs come back from their directory as they were, also while they go on; damaged ones are refused by name. */

import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { halfNormal, matrix, model, normal, nuts, type Fit } from 'credence';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRun } from '../../src/io/read-run';
import { chainFile } from '../../src/io/run-format';
import { RunWriter } from '../../src/io/run-writer';
import { STATISTICS } from '../../src/inference/chain';

const root = mkdtempSync(join(tmpdir(), 'credence-read-'));
afterAll(() => rmSync(root, { recursive: true }));

const posterior = model({ y: matrix('group', 'row') })
  .param('tau', halfNormal(2))
  .param('mu', ({ tau }) => normal(0, tau), { dims: ['group'] })
  .derive('twice', ({ mu }) => mu.mul(2))
  .observe('y', ({ mu }) => normal(mu.reshape([2, 1]), 1))
  .condition(
    {
      y: [
        [1, 2, 3],
        [4, 5, 6.5],
      ],
    },
    { coords: { group: ['north', 'south'] } },
  );

let fit: Fit;
/** Records of a chain, as the sampler hands them over. */
function recordsOf(chain: number, from: number, to: number): Float64Array {
  const columns = [
    ...STATISTICS.map((name) => fit.stats[name][chain]),
    ...Array.from({ length: fit.layout.size }, (_, i) => fit.quantityDraws(i)[chain]),
  ];
  return Float64Array.from(
    Array.from({ length: to - from }, (_, i) => columns.map((column) => column[from + i])).flat(),
  );
}
const origin = { model: 'groups', dataFile: 'groups.json' };
function begin(name: string): RunWriter {
  const directory = mkdtempSync(join(root, `${name}-`));
  return RunWriter.create(directory, { origin, settings: fit.settings, layout: fit.layout });
}
/** A finished run of two chains. */
function finished(name: string): string {
  const writer = begin(name);
  for (const chain of [0, 1]) for (const at of [0, 30]) writer.append(chain, recordsOf(chain, at, at + 30));
  writer.finish(fit, fit.drawsPerChain, true);
  return writer.directory;
}

beforeAll(async () => {
  fit = (await nuts(posterior, { chains: 2, warmup: 200, draws: 60, seed: 3, workers: 0 })) as unknown as Fit;
});

test('a run comes back with every bit, name, coordinate and setting', async () => {
  const run = await readRun(finished('whole'));
  expect(run.complete).toBe(true);
  expect(run.layout).toEqual(fit.layout);
  expect(run.layout.coords).toEqual({ group: ['north', 'south'] });
  expect(run.settings).toEqual(fit.settings);
  expect(run.origin).toEqual(origin);
  expect(run.chains).toEqual([0, 1]);
  expect(run.drawsPerChain).toBe(60);
  expect(run.maxTreeDepth).toBe(10);
  expect(run.stats).toEqual(fit.stats);
  expect(run.inverseMetric).toEqual(fit.inverseMetric);
  expect(run.gradientEvaluations).toBe(fit.gradientEvaluations);
  for (let i = 0; i < fit.layout.size; i++) expect(run.quantityDraws(i)).toEqual(fit.quantityDraws(i));
  expect(run.draws('mu').at(1)).toEqual(fit.draws('mu').at(1));
  expect(run.summary().toString()).toBe(fit.summary().toString());
  expect(JSON.stringify(run.summary())).toBe(JSON.stringify(fit.summary()));
  expect(() => run.draws('nu')).toThrow("there is no quantity 'nu'");
});

test('a run that goes on is read up to its last whole draw', async () => {
  const writer = begin('growing');
  await expect(readRun(writer.directory)).rejects.toThrow('the run has no draws yet');
  writer.append(0, recordsOf(0, 0, 40));
  writer.append(1, recordsOf(1, 0, 30));
  writer.close();
  appendFileSync(join(writer.directory, chainFile(1)), Buffer.alloc(13));
  const run = await readRun(writer.directory);
  expect(run.complete).toBe(false);
  expect(run.drawsPerChain).toBe(30);
  expect(run.draws('tau').at()).toEqual(
    fit
      .draws('tau')
      .at()
      .map((chain) => chain.subarray(0, 30)),
  );
});

test('a chain that has hardly begun does not cut the others', async () => {
  const writer = begin('uneven');
  writer.append(0, recordsOf(0, 0, 60));
  writer.append(1, recordsOf(1, 0, 3));
  writer.close();
  const run = await readRun(writer.directory);
  expect([run.chains, run.drawsPerChain]).toEqual([[0], 60]);
});

describe('damage is named', () => {
  const damaged = (name: string, harm: (directory: string) => void): Promise<unknown> => {
    const directory = finished(name);
    harm(directory);
    return readRun(directory);
  };
  test('a truncated chain', async () => {
    await expect(
      damaged('short', (d) => truncateSync(join(d, 'chain_2.draws'), 32 + 8 * 12 * 59 + 8)),
    ).rejects.toThrow(/chain_2\.draws: truncated: expected 60 draws, found 59/);
  });
  test('a missing chain', async () => {
    await expect(damaged('gone', (d) => rmSync(join(d, 'chain_2.draws')))).rejects.toThrow(
      /chain_2\.draws: the file is missing, though run\.json counts its chain/,
    );
  });
  test("another run's chain", async () => {
    const other = finished('other');
    await expect(
      damaged('mixed', (d) => cpSync(join(other, 'chain_1.draws'), join(d, 'chain_1.draws'))),
    ).rejects.toThrow(/chain_1\.draws: expected run [0-9a-f]{16}, found [0-9a-f]{16}/);
  });
  test('swapped chains', async () => {
    await expect(
      damaged('swapped', (d) => cpSync(join(d, 'chain_1.draws'), join(d, 'chain_2.draws'))),
    ).rejects.toThrow(/chain_2\.draws: expected chain 2, found 1/);
  });
  test('a foreign file', async () => {
    await expect(
      damaged('foreign', (d) => writeFileSync(join(d, 'chain_1.draws'), 'PK'.repeat(9999))),
    ).rejects.toThrow(/chain_1\.draws: expected a file of draws beginning with 'credence'/);
  });
  test('a description that stops early, or is of something else', async () => {
    await expect(
      damaged('json', (d) =>
        writeFileSync(join(d, 'run.json'), readFileSync(join(d, 'run.json')).subarray(0, 200)),
      ),
    ).rejects.toThrow(/run\.json:\d+:\d+: not JSON: expected .*, found the end of the file/);
    await expect(damaged('else', (d) => writeFileSync(join(d, 'run.json'), '{"runs": []}'))).rejects.toThrow(
      /run\.json: expected "format": "credence-run", found undefined/,
    );
    await expect(
      damaged('newer', (d) =>
        writeFileSync(
          join(d, 'run.json'),
          readFileSync(join(d, 'run.json'), 'utf8').replace('"version": 1', '"version": 2'),
        ),
      ),
    ).rejects.toThrow(/run\.json: expected version 1 of the format, found 2/);
  });
});

test('a new run clears what an earlier one left under the same names', async () => {
  const directory = finished('again');
  const writer = RunWriter.create(directory, { origin, settings: fit.settings, layout: fit.layout });
  writer.append(1, recordsOf(1, 0, 10));
  writer.close();
  const run = await readRun(directory);
  expect(run.chains).toEqual([1]);
});

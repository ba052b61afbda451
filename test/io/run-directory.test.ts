/** A directory as checkpoint of a run: what it takes up, and what it refuses. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fromFunction, hmc, nuts } from '../../src/inference';
import { STATISTICS } from '../../src/inference/chain';
import { ChainDraws } from '../../src/io/chain-draws';
import { readRun } from '../../src/io/read-run';
import { runDirectory } from '../../src/io/run-directory';

const root = mkdtempSync(join(tmpdir(), 'credence-runs-'));
afterAll(() => rmSync(root, { recursive: true }));

const gaussian = fromFunction({
  parameters: { level: [], slope: [2] },
  density(x, gradient) {
    let value = 0;
    for (let i = 0; i < 3; i++) {
      value -= (x[i] * x[i]) / 2;
      gradient[i] = -x[i];
    }
    return value;
  },
});
const options = { seed: 1, chains: 2, warmup: 100, draws: 300 };

/** Runs until so many draws have come, then stops as an exception would. */
async function broken(directory: string, after: number): Promise<void> {
  let count = 0;
  const run = nuts(gaussian, {
    ...options,
    checkpoint: runDirectory(directory, { interval: 0 }),
    onDraws: (draws) => {
      count += draws.count;
      if (count >= after) throw new Error('power cut');
    },
  });
  await expect(run).rejects.toThrow('power cut');
}

test('the same call goes on where the last one stopped', async () => {
  const whole = await nuts(gaussian, options);
  const directory = join(root, 'same');
  await broken(directory, 120);
  const interrupted = await readRun(directory);
  expect(interrupted.complete).toBe(false);
  for (const [i, chain] of interrupted.chains.entries()) {
    const { drawsPerChain } = interrupted;
    expect(interrupted.draws('level').chain(i)).toEqual(
      whole.draws('level').chain(chain).subarray(0, drawsPerChain),
    );
  }
  const fit = await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
  expect(fit.draws('slope').flat()).toEqual(whole.draws('slope').flat());
  expect(fit.stats).toEqual(whole.stats);
  expect(fit.inverseMetric).toEqual(whole.inverseMetric);
  expect(fit.gradientEvaluations).toBe(whole.gradientEvaluations);
  const read = await readRun(directory);
  expect(read.complete).toBe(true);
  expect(read.draws('slope').flat()).toEqual(whole.draws('slope').flat());
});

test('without a seed the run that is there gives it; with more draws it is added to', async () => {
  const directory = join(root, 'seedless');
  const first = await nuts(gaussian, {
    ...options,
    seed: undefined,
    checkpoint: runDirectory(directory),
  });
  const { seed } = first.settings;
  const more = { ...options, draws: 450 };
  const whole = await nuts(gaussian, { ...more, seed });
  const second = await nuts(gaussian, { ...more, seed: undefined, checkpoint: runDirectory(directory) });
  expect(second.settings.seed).toBe(seed);
  expect(second.draws('level').flat()).toEqual(whole.draws('level').flat());
  const third = await second.continue({ draws: 50 });
  expect(third.drawsPerChain).toBe(500);
  expect((await readRun(directory)).draws('level').flat()).toEqual(third.draws('level').flat());
});

test('a directory that is begun afresh is gone on with by fit.continue', async () => {
  const directory = join(root, 'afresh');
  await nuts(gaussian, { ...options, seed: 5, checkpoint: runDirectory(directory) });
  const checkpoint = runDirectory(directory, { fresh: true });
  const fit = await (await nuts(gaussian, { ...options, checkpoint })).continue({ draws: 70 });
  expect(fit.drawsPerChain).toBe(370);
  expect((await readRun(directory)).draws('level').flat()).toEqual(fit.draws('level').flat());
});

test('a directory that another process writes to is left to it; the lock of a dead one is not', async () => {
  const directory = join(root, 'locked');
  const lock = join(directory, 'run.lock');
  await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
  expect(existsSync(lock)).toBe(false);
  const checkpoint = runDirectory(directory);
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  writeFileSync(lock, `${other.pid} ${hostname()}\n`);
  const more = { ...options, draws: 320 };
  await expect(nuts(gaussian, { ...more, checkpoint })).rejects.toThrow(
    `process ${other.pid} is writing to this run`,
  );
  expect(existsSync(lock)).toBe(true);
  const ended = new Promise((resolve) => other.on('exit', resolve));
  other.kill();
  await ended;
  expect((await nuts(gaussian, { ...more, checkpoint })).drawsPerChain).toBe(320);
  // An error gives the directory back, too.
  await expect(nuts(gaussian, { ...more, seed: 9, checkpoint })).rejects.toThrow('seed is 1 there');
  expect(existsSync(lock)).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))(
  'a process that nobody has heard the end of holds no lock',
  async () => {
    const directory = join(root, 'unheard');
    await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
    // What the shell started ends after it has become another program, which does not wait for it.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60']);
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(+text)));
    const stateOf = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2];
    await expect.poll(stateOf).toBe('Z');
    writeFileSync(join(directory, 'run.lock'), `${pid} ${hostname()}\n`);
    const more = nuts(gaussian, { ...options, draws: 320, checkpoint: runDirectory(directory) });
    expect((await more).drawsPerChain).toBe(320);
    parent.kill();
  },
);

test('keep: false: draws are in the directory alone', async () => {
  const directory = join(root, 'lean');
  const whole = await nuts(gaussian, options);
  for (const draws of [100, 300]) {
    const fit = await nuts(gaussian, {
      ...options,
      draws,
      keep: false,
      checkpoint: runDirectory(directory),
    });
    expect(fit.drawsPerChain).toBe(0);
  }
  expect((await readRun(directory)).draws('slope').flat()).toEqual(whole.draws('slope').flat());
});

test('draws that were lost with the power are made again', async () => {
  const directory = join(root, 'lost');
  const whole = await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
  truncateSync(join(directory, 'chain_2.draws'), 1000);
  const fit = await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
  expect(fit.draws('level').flat()).toEqual(whole.draws('level').flat());
});

test('another run is left alone', async () => {
  const directory = join(root, 'other');
  await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
  const before = readFileSync(join(directory, 'chain_1.draws'));
  const again = (changes: object) =>
    nuts(gaussian, { ...options, ...changes, checkpoint: runDirectory(directory) });
  await expect(again({ seed: 2 })).rejects.toThrow('seed is 1 there, and 2 was asked for');
  await expect(again({ warmup: 90 })).rejects.toThrow('warmup is 100 there, and 90 was asked for');
  await expect(again({ keep: ['level'] })).rejects.toThrow(
    'it keeps the quantities level, slope, and level were asked for',
  );
  const checkpoint = runDirectory(directory);
  await expect(hmc(gaussian, { ...options, checkpoint })).rejects.toThrow('algorithm is ');
  const density = (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    return x[0];
  };
  const wrong = fromFunction({ parameters: { level: [], slope: [2] }, density });
  await expect(nuts(wrong, { ...options, checkpoint })).rejects.toThrow('its model or data are not the same');
  expect(readFileSync(join(directory, 'chain_1.draws')).equals(before)).toBe(true);

  const fresh = runDirectory(directory, { fresh: true });
  const anew = await nuts(gaussian, { ...options, seed: 2, checkpoint: fresh });
  expect((await readRun(directory)).draws('level').flat()).toEqual(anew.draws('level').flat());
  expect(() => runDirectory(directory, { interval: -1 })).toThrow('interval must be a number ≥ 0, got -1');
});

test('a place that cannot be written', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  await expect(nuts(gaussian, { ...options, checkpoint: runDirectory(file) })).rejects.toThrow(
    `cannot write to directory '${file}'`,
  );
});

test('an aborted run goes on', async () => {
  const directory = join(root, 'aborted');
  const controller = new AbortController();
  const run = nuts(gaussian, {
    ...options,
    draws: 400,
    signal: controller.signal,
    checkpoint: runDirectory(directory),
    onProgress: ({ iteration }) => {
      if (iteration > 150) controller.abort();
    },
  });
  await expect(run).rejects.toThrow();
  const fit = await nuts(gaussian, { ...options, draws: 400, checkpoint: runDirectory(directory) });
  const whole = await nuts(gaussian, { ...options, draws: 400 });
  expect(fit.draws('level').flat()).toEqual(whole.draws('level').flat());
});

test('values can be read in blocks of any size, in any order', async () => {
  const directory = join(root, 'blocks');
  const fit = await nuts(gaussian, { ...options, checkpoint: runDirectory(directory) });
  const { id } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as { id: string };
  const width = STATISTICS.length + 3;
  const expected = [
    ...STATISTICS.map((name) => fit.stats[name]),
    ...[0, 1, 2].map((i) => fit.quantityDraws(i)),
  ];
  for (const block of [1, 2, 3, 7, 100]) {
    const draws = new ChainDraws(join(directory, 'chain_2.draws'), id, 1, 300, width);
    for (const index of [0, 9, 8, 3, 7, 1, 9]) {
      expect(draws.column(index, 300, block)).toEqual(expected[index][1]);
      expect(draws.column(index, 10, block)).toEqual(expected[index][1].subarray(0, 10));
    }
  }
});

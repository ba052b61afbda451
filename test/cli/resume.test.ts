/** Runs that are killed, or run out of disk, and are taken up again: `credence sample --out` and `--resume`. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommand, run, start } from './command';

const cwd = mkdtempSync(join(tmpdir(), 'credence-resume-'));
const HEADER = 32;
const ROW = 8 * (7 + 4);

beforeAll(async () => {
  writeFileSync(
    join(cwd, 'rows.ts'),
    `import { model, normal, vector } from 'credence';
    export default model({ y: vector('row') })
      .param('mu', normal(0, 10))
      .param('effect', normal(0, 1), { dims: ['row'] })
      .observe('y', ({ mu, effect }) => normal(mu.add(effect), 1));`,
  );
  writeFileSync(join(cwd, 'data.json'), '{"y": [1, 2, 4]}');
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

const common = ['sample', 'rows.ts', '--data', 'data.json', '--warmup', '300', '--chains', '3'];

/** The records of each chain. */
function draws(directory: string): Buffer[] {
  return [1, 2, 3].map((chain) =>
    readFileSync(join(cwd, directory, `chain_${chain}.draws`)).subarray(HEADER),
  );
}

describe.skipIf(process.platform === 'win32')('a run that is killed', () => {
  const long = [...common, '--thin', '150', '--draws', '4000', '--seed', '11'];

  test('at any moment, again and again, ends with the draws of one that was not', async () => {
    const whole = await run([...long, '--out', 'whole', '--json', '--workers', '2'], cwd);
    expect(whole.status).toBe(0);
    // Moments from before the first file to the end, differently spread in each life.
    let kills = 0;
    for (const [i, moment] of [150, 900, 420, 1900, 1300].entries()) {
      const begun = existsSync(join(cwd, 'killed', 'run.json'));
      const words = begun ? ['sample', '--resume', 'killed'] : [...long, '--out', 'killed'];
      const { process: child, outcome } = start([...words, '--workers', String(i % 3)], cwd);
      const timer = setTimeout(() => child.kill('SIGKILL'), moment);
      const { status } = await outcome;
      clearTimeout(timer);
      if (status === null) kills++;
      if (existsSync(join(cwd, 'killed', 'run.json'))) {
        // What is there can be read at any time.
        const { status: read, stderr } = await run(['summary', 'killed'], cwd);
        expect(read === 1 ? stderr : '').toMatch(/^$|has no draws yet/);
      }
    }
    expect(kills).toBeGreaterThan(1);
    const last = await run(['sample', '--resume', 'killed', '--json'], cwd);
    expect(last.stderr).toBe(whole.stderr);
    expect(draws('killed').map((bytes) => bytes.length)).toEqual([1, 2, 3].map(() => 4000 * ROW));
    expect(draws('killed').every((bytes, i) => bytes.equals(draws('whole')[i]))).toBe(true);
    expect(JSON.parse(last.stdout).parameters).toEqual(JSON.parse(whole.stdout).parameters);
    expect(JSON.parse(last.stdout).gradientEvaluations).toBe(JSON.parse(whole.stdout).gradientEvaluations);
  }, 60_000);
});

test.skipIf(process.platform === 'win32')(
  'a run that goes on can be summarised, and not begun again',
  async () => {
    const long = [...common, '--thin', '1000', '--draws', '100000', '--seed', '3', '--out', 'going'];
    const { process: child, outcome } = start(long, cwd);
    try {
      let text = '';
      for (let attempt = 0; attempt < 40 && !text.includes('draws'); attempt++) {
        if (existsSync(join(cwd, 'going/run.json'))) text = (await run(['summary', 'going'], cwd)).stdout;
        else await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(text).toMatch(/\d+ draws \(of 100000\), model rows, seed 3, not finished\./);
      const second = await run(['sample', '--resume', 'going'], cwd);
      expect(second.stderr).toMatch(/^error: going: process \d+ is writing to this run/);
      expect(child.exitCode).toBe(null);
    } finally {
      child.kill('SIGKILL');
      await outcome;
    }
  },
);

test('a finished run goes on to more draws', async () => {
  const args = [...common, '--seed', '5', '--json'];
  await run([...args, '--draws', '100', '--out', 'short'], cwd);
  const longer = await run(['sample', '--resume', 'short', '--draws', '250', '--json'], cwd);
  const whole = await run([...args, '--draws', '250', '--out', 'long'], cwd);
  expect(longer.stderr).toBe(whole.stderr);
  expect(JSON.parse(longer.stdout).parameters).toEqual(JSON.parse(whole.stdout).parameters);
  expect(draws('short').every((bytes, i) => bytes.equals(draws('long')[i]))).toBe(true);
  // Nothing is left to do.
  const again = await run(['sample', '--resume', 'short', '--draws', '250', '--json'], cwd);
  expect(JSON.parse(again.stdout).parameters).toEqual(JSON.parse(whole.stdout).parameters);
});

test('with --keep none the draws are in the directory alone, and the summary is the same', async () => {
  const args = [...common, '--seed', '6', '--json'];
  const kept = await run(args, cwd);
  const { stdout } = await run([...args, '--keep', 'none', '--out', 'lean'], cwd);
  expect(JSON.parse(stdout).parameters).toEqual(JSON.parse(kept.stdout).parameters);
  expect(readdirSync(join(cwd, 'lean')).filter((name) => !/^chain_/.test(name))).toEqual([
    'run.json',
    'summary.json',
  ]);
  const few = await run([...args, '--keep', 'mu', '--out', 'few'], cwd);
  expect(Object.keys(JSON.parse(few.stdout).parameters)).toEqual(['mu']);
  expect(readFileSync(join(cwd, 'few/chain_1.draws')).length).toBe(HEADER + 1000 * 8 * 8);
  const none = await run([...args, '--keep', 'none'], cwd);
  expect(none.stderr).toContain('--keep none leaves the draws nowhere: say where they go with --out');
});

test('until draws are good enough', async () => {
  const { stdout, status } = await run(
    [...common, '--seed', '7', '--until-ess', '900', '--out', 'until'],
    cwd,
  );
  expect(status).toBe(0);
  const [, count] = /3 chains of (\d+) draws/.exec(stdout)!;
  expect(Number(count)).toBeLessThan(4000);
  expect(draws('until')[0].length).toBe(Number(count) * ROW);
});

describe('a run that cannot be taken up', () => {
  beforeAll(async () => {
    await run([...common, '--seed', '8', '--draws', '50', '--out', 'mine'], cwd);
  });

  test('another model or other data', async () => {
    writeFileSync(join(cwd, 'other.json'), '{"y": [1, 2, 5]}');
    const { status, stderr } = await run(['sample', '--resume', 'mine', '--data', 'other.json'], cwd);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: mine holds another run, .*its model or data are not the same/);
  });

  test('other kernels', async () => {
    const path = join(cwd, 'mine', 'run.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/"kernels": "[0-9a-f]{4}/, '"kernels": "beef'));
    const { stderr } = await run(['sample', '--resume', 'mine'], cwd);
    expect(stderr).toMatch(/its draws were made by other kernels \(of credence \d/);
    writeFileSync(path, text);
  });

  test('a state that is damaged, or of another chain', async () => {
    const state = (chain: number): string => join(cwd, 'mine', `chain_${chain}.state`);
    const bytes = readFileSync(state(1));
    writeFileSync(state(1), bytes.subarray(0, 90));
    expect((await run(['sample', '--resume', 'mine'], cwd)).stderr).toMatch(
      /chain_1\.state: expected \d+ bytes, found 90/,
    );
    writeFileSync(state(1), readFileSync(state(2)));
    expect((await run(['sample', '--resume', 'mine'], cwd)).stderr).toContain(
      'chain_1.state: expected the state of chain 1, found that of chain 2',
    );
    writeFileSync(state(1), bytes);
  });

  test('nothing there', async () => {
    const { status, stderr } = await run(['sample', '--resume', 'nowhere'], cwd);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]*nowhere[^\n]*\n$/);
  });
});

/** A file system of its own with so many kilobytes; undefined where that is not allowed. */
function tinyDisk(name: string, kilobytes: number): string | undefined {
  const path = join(cwd, name);
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path], { stdio: 'pipe' });
    return path;
  } catch {
    return undefined;
  }
}

test('a full disk is an error that leaves the draws readable, and the run goes on when there is room', async (context) => {
  const disk = tinyDisk('disk', 600);
  if (disk === undefined) {
    console.warn('the test of a full disk is skipped: file systems cannot be mounted here');
    return context.skip();
  }
  try {
    const args = [...common, '--seed', '9', '--draws', '3000'];
    const full = await run([...args, '--out', 'disk/run'], cwd);
    expect(full.status).toBe(1);
    expect(full.stderr).toMatch(/^error: cannot write [^\n]*disk\/run[^\n]*ENOSPC[^\n]*\n$/);
    const summary = await run(['summary', 'disk/run', '--json'], cwd);
    expect([0, 2]).toContain(summary.status);
    expect(JSON.parse(summary.stdout).parameters.mu.mean).toBeGreaterThan(0);

    execFileSync('mount', ['-o', 'remount,size=20m', disk]);
    const rest = await run(['sample', '--resume', 'disk/run', '--json'], cwd);
    const whole = await run([...args, '--out', 'roomy', '--json'], cwd);
    expect(JSON.parse(rest.stdout).parameters).toEqual(JSON.parse(whole.stdout).parameters);
    expect(draws('disk/run').every((bytes, i) => bytes.equals(draws('roomy')[i]))).toBe(true);
  } finally {
    execFileSync('umount', [disk]);
  }
});

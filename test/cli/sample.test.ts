/** `credence sample` as a process: what it prints where, what it writes, and its exit status. */

import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommand, run, start } from './command';

/** Outside of any node_modules, so that models find 'credence' only through the command. */
const cwd = mkdtempSync(join(tmpdir(), 'credence-cli-'));
const credence = (...args: string[]) => run(args, cwd);
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);

beforeAll(async () => {
  write(
    'gaussian.ts',
    `import { fromFunction } from 'credence';
    export default fromFunction({
      parameters: { mu: [], effect: [2] },
      density(x: Float64Array, gradient: Float64Array): number {
        let value = 0;
        for (let i = 0; i < 3; i++) {
          value -= (x[i] * x[i]) / 2;
          gradient[i] = -x[i];
        }
        return value;
      },
    });`,
  );
  // Two modes forty standard deviations apart: a chain stays where it starts.
  write(
    'two-modes.mjs',
    `import { fromFunction } from 'credence';
    export default fromFunction({
      parameters: { x: [] },
      density(x, gradient) {
        const d = x[0] - 20 * Math.sign(x[0]);
        gradient[0] = -d;
        return -d * d / 2;
      },
    });`,
  );
  write(
    'mean.ts',
    `import { model, normal, vector } from 'credence';
    export default model({ y: vector('n') })
      .param('mu', normal(0, 10))
      .observe('y', ({ mu }) => normal(mu, 1));`,
  );
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

test('prints a table, and nothing to standard error', async () => {
  const { status, stdout, stderr } = await credence('sample', 'gaussian.ts', '--seed', '1');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/mean +mcse +sd/);
  expect(lines.slice(1, 4).map((line) => line.split(' ')[0])).toEqual(['mu', 'effect[0]', 'effect[1]']);
  expect(stdout).toContain('4 chains of 1000 draws after 500 of warm-up, seed 1.');
});

test('--json prints JSON only, and the same seed gives the same numbers', async () => {
  const args = ['sample', 'gaussian.ts', '--json', '--seed', '3', '--chains', '2', '--draws', '600'];
  const [one, two, other] = await Promise.all([
    credence(...args),
    credence(...args, '--workers', '2'),
    credence(...args, '--seed', '4'),
  ]);
  expect(one.status).toBe(0);
  const json = JSON.parse(one.stdout);
  expect(Object.keys(json)).toEqual(['parameters', 'diagnostics', 'timing', 'gradientEvaluations']);
  expect(Object.keys(json.parameters)).toEqual(['mu', 'effect[0]', 'effect[1]']);
  for (const { mean, sd, mcseMean } of Object.values<Record<string, number>>(json.parameters)) {
    // Six standard errors: once in 10⁸.
    expect(Math.abs(mean)).toBeLessThan(6 * mcseMean);
    expect(Math.abs(sd - 1)).toBeLessThan(6 * mcseMean);
  }
  expect(json.diagnostics.ebfmi).toHaveLength(2);
  expect(Object.keys(json.timing)).toEqual(['warmupSeconds', 'samplingSeconds']);
  expect(json.gradientEvaluations).toBeGreaterThan(2 * 1600);
  expect(JSON.parse(two.stdout).parameters).toEqual(json.parameters);
  expect(JSON.parse(other.stdout).parameters).not.toEqual(json.parameters);
});

test('chains that do not mix: status 2, and words', async () => {
  const { status, stdout, stderr } = await credence('sample', 'two-modes.mjs', '--json', '--seed', '1');
  expect(status).toBe(2);
  expect(JSON.parse(stdout).parameters.x.rhat).toBeGreaterThan(1.05);
  expect(stderr).toMatch(/^Warning: R-hat is above 1.01 for 1 quantity/m);
  expect(stderr).toContain('The chains have not converged');
  expect(stderr).not.toContain('\u001b');
});

test('--out writes files that hold the draws', async () => {
  const args = ['--chains', '2', '--draws', '450', '--seed', '5', '--out', 'runs/first'];
  const { status, stdout } = await credence('sample', 'gaussian.ts', ...args);
  expect(status).toBe(0);
  expect(stdout).toContain('Draws are in runs/first');
  const out = join(cwd, 'runs/first');
  expect(readdirSync(out).sort()).toEqual([
    'chain_1.draws',
    'chain_1.state',
    'chain_2.draws',
    'chain_2.state',
    'draws.json',
    'output_1.csv',
    'output_2.csv',
    'run.json',
    'summary.json',
  ]);
  const rows = readFileSync(join(out, 'output_2.csv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(rows[0]).toBe(
    'lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,effect.1,effect.2',
  );
  expect(rows).toHaveLength(1 + 450);
  const draws = JSON.parse(readFileSync(join(out, 'draws.json'), 'utf8'));
  expect(Number(rows[450].split(',')[9])).toBe(draws.quantities.effect.draws[1][449][1]);
  const values: number[] = draws.quantities.mu.draws.flat();
  const mean = values.reduce((a, b) => a + b) / values.length;
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  expect(summary.parameters.mu.mean).toBeCloseTo(mean, 12);
});

test('a model is conditioned on a data file; names it does not use are ignored', async () => {
  write('data.json', '{"N": 4, "y": [1, 2, 3, 4], "comment": "extra"}');
  const { status, stdout } = await credence(
    'sample',
    'mean.ts',
    '--data',
    'data.json',
    '--json',
    '--seed',
    '2',
  );
  expect(status).toBe(0);
  const { mean, sd, mcseMean } = JSON.parse(stdout).parameters.mu;
  // Conjugate: precision 4 + 1/100.
  expect(Math.abs(mean - 10 / 4.01)).toBeLessThan(6 * mcseMean);
  expect(Math.abs(sd - 1 / Math.sqrt(4.01))).toBeLessThan(6 * mcseMean);
});

describe('an error is one clear line on standard error, and status 1', () => {
  beforeAll(() => {
    write('broken.json', '{"y": [1, 2\n, NaN]}');
    write('list.json', '[1, 2]');
    write('empty.json', '{}');
    write('file', '');
    write('object.ts', 'export default { answer: 42 };');
    write('nothing.ts', 'export const x = 1;');
    write('throws.ts', "throw new Error('boom');");
    write('imports.ts', "import x from './absent';\nexport default x;");
    write('syntax.ts', 'export default 3 +;');
  });
  test.each([
    ['absent model', ['absent.ts'], "there is no file 'absent.ts'"],
    [
      'no model',
      ['object.ts'],
      'object.ts: expected a model or a conditioned posterior as the default export',
    ],
    ['no default export', ['nothing.ts'], "found none (write 'export default …')"],
    ['a model that throws', ['throws.ts'], 'throws.ts cannot be loaded: boom'],
    ['a missing import', ['imports.ts'], "imports.ts cannot be loaded: Cannot find module './absent'"],
    ['a syntax error', ['syntax.ts'], 'syntax.ts cannot be loaded: '],
    ['no data', ['mean.ts'], "data 'y' is missing"],
    ['data without a name', ['mean.ts', '--data', 'empty.json'], "data 'y' is missing"],
    ['absent data', ['mean.ts', '--data', 'no.json'], "there is no file 'no.json'"],
    [
      'data that is not JSON',
      ['mean.ts', '--data', 'broken.json'],
      "broken.json:2:3: not JSON: expected a value, found 'NaN'",
    ],
    [
      'data that is no object',
      ['mean.ts', '--data', 'list.json'],
      'list.json: expected an object of named values',
    ],
    [
      'data for a posterior',
      ['gaussian.ts', '--data', 'empty.json'],
      'gaussian.ts exports a posterior that already has its data',
    ],
    ['no draws', ['gaussian.ts', '--draws', '0'], 'draws must be an integer ≥ 1, got 0'],
    ['a word for a number', ['gaussian.ts', '--chains', 'four'], "'four' is not a number"],
    ['an unknown option', ['gaussian.ts', '--iterations', '5'], "unknown option '--iterations'"],
    ['a misspelt option', ['gaussian.ts', '--drawz', '5'], "'--drawz' (Did you mean --draws?)"],
    ['a directory that is a file', ['gaussian.ts', '--out', 'file'], "cannot write to directory 'file'"],
  ])('%s', async (_, args, message) => {
    const { status, stdout, stderr } = await credence('sample', ...args);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  test('a directory that cannot be written is reported before the model is even loaded', async () => {
    const { stderr } = await credence('sample', 'throws.ts', '--out', 'file');
    expect(stderr).toContain("cannot write to directory 'file'");
  });

  test('--stack-trace adds where', async () => {
    const { status, stderr } = await credence('sample', 'throws.ts', '--stack-trace');
    expect(status).toBe(1);
    expect(stderr).toMatch(/\n\s+at .*throws\.ts/);
  });
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk behind standard output is an error of one line',
  async () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = await start(['sample', 'gaussian.ts', '--draws', '500'], cwd, full).outcome;
    closeSync(full);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: cannot write to standard output: ENOSPC[^\n]*$/m);
    expect(stderr).not.toContain('    at ');
  },
);

describe.skipIf(process.platform === 'win32')('an interruption', () => {
  const long = [
    'sample',
    'gaussian.ts',
    '--draws',
    '2000000',
    '--warmup',
    '200',
    '--thin',
    '50',
    '--chains',
    '2',
  ];

  async function interrupted(...more: string[]) {
    // A busy machine takes its time to begin.
    const began = performance.now();
    await credence('sample', 'gaussian.ts', '--chains', '2', '--draws', '10', '--warmup', '200');
    const { process: child, outcome } = start([...long, ...more], cwd);
    setTimeout(() => child.kill('SIGINT'), 2000 + 2 * (performance.now() - began));
    return outcome;
  }

  test('ends the run with status 130 and a line', async () => {
    const { status, stdout, stderr } = await interrupted();
    expect(status).toBe(130);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Interrupted after \d+ draws per chain; with --out they are kept\.\n$/);
  });

  test('keeps the draws where there is a place for them', async () => {
    const { status, stderr } = await interrupted('--out', 'cut');
    expect(status).toBe(130);
    const [, draws] = /^Interrupted: (\d+) draws of each of 2 chains are in cut\n$/.exec(stderr)!;
    const rows = readFileSync(join(cwd, 'cut/output_1.csv'), 'utf8')
      .split('\n')
      .filter((line) => /^[-\d]/.test(line));
    expect(rows).toHaveLength(Number(draws));
    expect(existsSync(join(cwd, 'cut/summary.json'))).toBe(true);
  });
});

test('help names every option', async () => {
  const { status, stdout } = await credence('sample', '--help');
  expect(status).toBe(0);
  for (const option of [
    '--data',
    '--chains',
    '--warmup',
    '--draws',
    '--seed',
    '--out',
    '--json',
    '--stack-trace',
  ]) {
    expect(stdout).toContain(option);
  }
});

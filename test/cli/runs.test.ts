/** `credence summary`, `convert` and `completion` as processes: what they print where, what they write, exit status. */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunWriter } from '../../src/io/run-writer';
import { STATISTICS } from '../../src/inference/chain';
import { layoutOf, noise } from '../report/example';
import { buildCommand, run } from './command';

const cwd = mkdtempSync(join(tmpdir(), 'credence-runs-'));
const credence = (...args: string[]) => run(args, cwd);
const stan = new URL('../io/stan/', import.meta.url).pathname;

const layout = layoutOf(
  [
    { name: 'mu', shape: [] },
    { name: 'effect', shape: [2], dims: ['school'] },
  ],
  { school: ['Choate', 'Deerfield'] },
);
const DRAWS = 500;
/** A run of two chains; `shift` moves mu of the second chain. */
function writeRun(name: string, seed: number, shift = 0, draws = DRAWS): void {
  const directory = join(cwd, name);
  execFileSync('mkdir', ['-p', directory]);
  const settings = {
    algorithm: { kind: 'nuts', maxTreeDepth: 10 },
    ...{ chains: 2, seed, warmup: 100, draws: DRAWS, thin: 1, targetAcceptance: 0.8 },
    ...({ metric: 'diagonal', stepSize: 0, radius: 2 } as const),
  } as const;
  const writer = RunWriter.create(directory, { origin: { model: 'schools' }, settings, layout });
  for (const chain of [0, 1]) {
    const columns = [
      ...STATISTICS.map((statistic, i) =>
        statistic === 'energy'
          ? noise(draws, seed + 50 + chain)
          : new Float64Array(draws).fill(i === 5 ? 0 : 1),
      ),
      noise(draws, 1000 * seed + chain).map((value) => value + shift * chain),
      noise(draws, 2000 * seed + chain),
      noise(draws, 3000 * seed + chain),
    ];
    writer.append(
      chain,
      Float64Array.from(
        { length: draws * columns.length },
        (_, i) => columns[i % columns.length][Math.floor(i / columns.length)],
      ),
    );
  }
  writer.close();
}

beforeAll(async () => {
  writeRun('first', 1);
  writeRun('second', 2);
  writeRun('apart', 3, 20);
  writeRun('short', 4, 0, 300);
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

const fits = (text: string): boolean => text.split('\n').every((line) => line.length <= 80);

describe('summary', () => {
  test('of a run that goes on: a table, labels, and how far it is', async () => {
    const { status, stdout, stderr } = await credence('summary', 'short', '--labels');
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/mean +mcse +sd/);
    expect(lines.slice(1, 4).map((line) => line.split(' ')[0])).toEqual([
      'mu',
      'effect[Choate]',
      'effect[Deerfield]',
    ]);
    expect(stdout).toContain('2 chains of 300 draws (of 500), model schools, seed 4, not finished.');
    expect(fits(stdout.slice(stdout.indexOf('\n\n')))).toBe(true);
  });

  test('as JSON, of chosen quantities', async () => {
    const { status, stdout } = await credence('summary', 'first', '--json', '--names', 'effect');
    expect(status).toBe(0);
    const { parameters } = JSON.parse(stdout);
    expect(Object.keys(parameters)).toEqual(['effect[0]', 'effect[1]']);
    const draws = [0, 1].flatMap((chain) => [...noise(DRAWS, 2000 + chain)]);
    expect(parameters['effect[0]'].mean).toBeCloseTo(draws.reduce((a, b) => a + b) / draws.length, 12);
  });

  test('of several runs: side by side, with their distance', async () => {
    const { status, stdout } = await credence('summary', 'first', 'second', 'apart');
    expect(status).toBe(2);
    const [header, mu, ...rest] = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(header).toEqual(['first mean', 'sd', 'second mean', 'sd', 'apart mean', 'sd', 'z']);
    expect(mu[0]).toBe('mu');
    expect(rest.map(([name]) => name).slice(0, 2)).toEqual(['effect[0]', 'effect[1]']);
    expect(stdout).toContain('apart: 2 chains of 500 draws, model schools, seed 3');
    const json = JSON.parse((await credence('summary', 'first', 'second', '--json')).stdout);
    expect(Object.keys(json.runs)).toEqual(['first', 'second']);
    const [a, b] = [json.runs.first.parameters.mu, json.runs.second.parameters.mu];
    expect(json.comparison.mu.z).toBeCloseTo(
      Math.abs(a.mean - b.mean) / Math.hypot(a.mcseMean, b.mcseMean),
      12,
    );
  });

  test('chains that do not mix: status 2, and words that fit a terminal', async () => {
    const { status, stderr } = await credence('summary', 'apart');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Warning: R-hat is above 1.01 for 1 quantity/m);
    expect(fits(stderr)).toBe(true);
    expect(stderr).not.toContain('\u001b');
  });

  test("of Stan's files: a directory, or the files as one run", async () => {
    const whole = await credence('summary', stan, '--json');
    const files = await credence('summary', `${stan}small_2.csv`, `${stan}small_1.csv`, '--json');
    expect(JSON.parse(whole.stdout).parameters['L[1,2]'].mean).toBeTypeOf('number');
    expect(files.stdout).toBe(whole.stdout);
  });

  test.each([
    ['an absent run', ['nowhere'], "there is no file or directory 'nowhere'"],
    ['an absent quantity', ['first', '--names', 'nu'], "there is no quantity 'nu'"],
    ['no run', [], "missing required argument 'runs'"],
    ['an unknown option', ['first', '--jsn'], "unknown option '--jsn' (Did you mean --json?)"],
  ])('%s: one line and status 1', async (_, args, message) => {
    const { status, stdout, stderr } = await credence('summary', ...args);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([1, '']);
  });

  test('a damaged run is named; a CSV file that stops early is read when that is asked for', async () => {
    cpSync(join(cwd, 'first'), join(cwd, 'damaged'), { recursive: true });
    truncateSync(join(cwd, 'damaged/chain_1.draws'), 16);
    writeFileSync(join(cwd, 'damaged/chain_2.draws'), 'x'.repeat(4000));
    expect((await credence('summary', 'damaged')).stderr).toMatch(
      /damaged\/chain_2\.draws: expected a file of draws/,
    );
    const lines = readFileSync(`${stan}small_1.csv`, 'utf8').split('\n');
    writeFileSync(join(cwd, 'cut.csv'), `${lines.slice(0, -9).join('\n')}\n`);
    expect((await credence('summary', 'cut.csv')).stderr).toMatch(
      /^error: cut\.csv:\d+: the file stops here, after 7 of 10 draws/,
    );
    const partial = await credence('summary', 'cut.csv', '--partial');
    expect(partial.stdout).toContain('1 chain of 7 draws (of 10), seed 11, not finished.');
  });
});

describe('convert', () => {
  test.each(['netcdf', 'arviz-json', 'parquet', 'cmdstan', 'json'])(
    'to %s and, where it can be read, back',
    async (format) => {
      const out = `out-${format}${{ netcdf: '.nc', 'arviz-json': '.json', parquet: '.parquet' }[format] ?? ''}`;
      const { status, stdout, stderr } = await credence('convert', 'first', '--to', format, '--out', out);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(out);
      if (format === 'json') {
        const { quantities } = JSON.parse(readFileSync(join(cwd, out), 'utf8'));
        expect(quantities.mu.draws[1]).toEqual([...noise(DRAWS, 1001)]);
      } else {
        const [original, converted] = await Promise.all([
          credence('summary', 'first', '--json'),
          credence('summary', out, '--json'),
        ]);
        expect(JSON.parse(converted.stdout).parameters).toEqual(JSON.parse(original.stdout).parameters);
      }
    },
  );

  test('several runs into a directory, groups and observations, names as JSON', async () => {
    writeFileSync(join(cwd, 'y.json'), '{"y": [1, 2]}');
    const { stdout } = await credence(
      'convert',
      'first',
      'second',
      ...['--to', 'arviz-json', '--out', 'both'],
      ...['--group', 'effect=log_likelihood', '--observed', 'y.json', '--json'],
    );
    expect(JSON.parse(stdout)).toEqual({ written: ['both/first.json', 'both/second.json'] });
    expect(readdirSync(join(cwd, 'both')).sort()).toEqual(['first.json', 'second.json']);
    const data = JSON.parse(readFileSync(join(cwd, 'both/second.json'), 'utf8'));
    expect(Object.keys(data.posterior)).toEqual(['mu']);
    expect(Object.keys(data.log_likelihood)).toEqual(['effect']);
    expect(data.observed_data.y).toEqual([1, 2]);
  });

  test('with its model: log likelihoods, predictions, prior and observations', async () => {
    writeFileSync(
      join(cwd, 'mean.ts'),
      `import { model, normal, vector } from 'credence';
      export default model({ y: vector('n') })
        .param('mu', normal(0, 10))
        .observe('y', ({ mu }) => normal(mu, 1));`,
    );
    writeFileSync(join(cwd, 'n.json'), '{"y": [1, 2, 3, 4]}');
    const given = ['mean.ts', '--data', 'n.json'];
    const sampled = await credence('sample', ...given, '--seed', '1', '--out', 'mean', '--json');
    expect([sampled.status, sampled.stderr]).toEqual([0, '']);
    const { status, stderr } = await credence('convert', 'mean', '--out', 'mean.json', '--model', ...given);
    expect([status, stderr]).toEqual([0, '']);
    const data = JSON.parse(readFileSync(join(cwd, 'mean.json'), 'utf8'));
    expect(data.observed_data.y).toEqual([1, 2, 3, 4]);
    expect(data.dims.y).toEqual(['n']);
    const [mu] = data.posterior.mu[1];
    const expected = [1, 2, 3, 4].map((y) => -0.5 * Math.log(2 * Math.PI) - (y - mu) ** 2 / 2);
    data.log_likelihood.y[1][0].forEach((value: number, i: number) =>
      expect(value).toBeCloseTo(expected[i], 12),
    );
    const sd = (values: number[]): number => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    // Standard deviations of 1000 draws and more, by closed form; a sixth off is beyond six standard errors of 2.2 %.
    for (const [group, name, width] of [
      ['prior', 'mu', 10],
      ['prior_predictive', 'y', Math.sqrt(101)],
      ['posterior_predictive', 'y', Math.sqrt(1 + 1 / 4.01)],
    ] as const) {
      const draws: number[] = data[group][name].flat().map((draw: number | number[]) => [draw].flat()[0]);
      expect(Math.abs(sd(draws) / width - 1)).toBeLessThan(0.16);
    }
  });

  test('makes the folders that are missing', async () => {
    const { status } = await credence('convert', 'first', '--out', 'new/deep/first.parquet');
    expect(status).toBe(0);
    expect(existsSync(join(cwd, 'new/deep/first.parquet'))).toBe(true);
  });

  test.each([
    ['no format', ['first', '--out', 'x.dat'], "the name 'x.dat' does not tell the format"],
    ['an unknown format', ['first', '--to', 'excel', '--out', 'x'], 'Allowed choices are netcdf, arviz-json'],
    [
      'an unknown group',
      ['first', '--out', 'x.nc', '--group', 'mu=posteriors'],
      "'mu=posteriors' is not of the form",
    ],
    [
      'a quantity that is not there',
      ['first', '--out', 'x.nc', '--group', 'nu=prior'],
      "there is no quantity 'nu'",
    ],
    [
      'a place that cannot be written',
      ['first', '--out', 'first/run.json/where.nc'],
      "first/run.json': EEXIST",
    ],
    ['data without a model', ['first', '--out', 'x.nc', '--data', 'y.json'], '--data conditions a model'],
    ['no place', ['first'], "required option '--out <path>' not specified"],
  ])('%s: one line and status 1', async (_, args, message) => {
    const { status, stderr } = await credence('convert', ...args);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });
});

describe('completion', () => {
  const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
  const bash = async (...words: string[]): Promise<string[]> => {
    const { stdout } = await credence('completion', 'bash');
    const script = `${stdout}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _credence; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' })
      .split('\n')
      .filter((word) => word !== '');
  };
  test.runIf(has('bash'))('bash completes commands, options, and values of options', async () => {
    expect(await bash('credence', 'su')).toEqual(['summary']);
    expect(await bash('credence', 'sample', '--see')).toEqual(['--seed']);
    expect(await bash('credence', 'sample', '--metric', 'd')).toEqual(['diagonal', 'dense']);
    expect(await bash('credence', 'convert', 'run', '--to', 'net')).toEqual(['netcdf']);
    expect(await bash('credence', 'completion', '')).toContain('zsh');
  });
  test.each(['bash', 'zsh', 'fish'])('%s accepts its script, which knows every command', async (shell) => {
    const { status, stdout } = await credence('completion', shell);
    expect(status).toBe(0);
    for (const word of ['sample', 'summary', 'convert', 'seed', 'partial']) expect(stdout).toContain(word);
    if (has(shell)) expect(spawnSync(shell, ['-n', '-c', stdout]).status).toBe(0);
  });
  test('another shell is refused', async () => {
    const { status, stderr } = await credence('completion', 'tcsh');
    expect(stderr).toContain('Allowed choices are bash, zsh, fish');
    expect(status).toBe(1);
  });
});

test('every command has help with an example, within 80 columns; the version is that of the package', async () => {
  const top = await credence('--help');
  expect(fits(top.stdout)).toBe(true);
  const commands = [...top.stdout.matchAll(/^ {2}(\w+) (?:\[options\]|<)/gm)].map(([, name]) => name);
  expect(commands).toEqual(expect.arrayContaining(['sample', 'summary', 'convert', 'completion']));
  for (const name of commands) {
    const { status, stdout } = await credence(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\n {2}\\$ .*credence ${name}`));
    expect([name, stdout.split('\n').filter((line) => line.length > 80)]).toEqual([name, []]);
  }
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect((await credence('--version')).stdout).toBe(`${version}\n`);
});

/** `credence evidence` and `credence compare` as processes: what they print, and their exit status. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { betaGeometric, gammaPoisson } from '../../src';
import { buildCommand, run } from './command';

const cwd = mkdtempSync(join(tmpdir(), 'credence-evidence-'));
const credence = (...args: string[]) => run(args, cwd);
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);

const counts = [3, 1, 4, 1, 5, 2, 2, 3, 4, 2, 3, 3];
const exact = {
  poisson: gammaPoisson({ shape: 2, rate: 1 }).update(counts).logEvidence,
  geometric: betaGeometric({ alpha: 1, beta: 1 }).update(counts).logEvidence,
};
const poissonModel = (name: string): string =>
  `import { gamma, integers, model, poisson } from 'credence';
  export default model({ ${name}: integers('row') })
    .param('rate', gamma(2, 1))
    .observe('${name}', ({ rate }) => poisson(rate));`;

beforeAll(async () => {
  write('poisson.ts', poissonModel('y'));
  write(
    'geometric.ts',
    `import { beta, geometric, integers, model } from 'credence';
    export default model({ y: integers('row') })
      .param('p', beta(1, 1))
      .observe('y', ({ p }) => geometric(p));`,
  );
  write(
    'improper.ts',
    `import { flat, integers, model, poissonLog } from 'credence';
    export default model({ y: integers('row') })
      .param('level', flat())
      .observe('y', ({ level }) => poissonLog(level));`,
  );
  write('other.ts', poissonModel('z'));
  write(
    'function.ts',
    `import { fromFunction } from 'credence';
    export default fromFunction({ dimension: 1, density: () => 0 });`,
  );
  write('y.json', JSON.stringify({ y: counts, z: [1, 2, 3] }));
  // One count that the others know nothing of.
  write('outlier.json', JSON.stringify({ y: [...counts, 60] }));
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

const BOTH = ['poisson.ts', 'geometric.ts', '--data', 'y.json', '--seed', '1'];

interface EvidenceRow {
  readonly name: string;
  readonly logEvidence: number;
  readonly logEvidenceError: number;
  readonly probability: number;
  readonly priorProbability: number;
  readonly warnings: readonly string[];
}

describe('evidence', () => {
  test('prints a table by the name of the files, the best model first', async () => {
    const { status, stdout, stderr } = await credence('evidence', ...BOTH, '--method', 'exact');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ +log evidence +se +log BF +se +P\(model\) +se$/);
    expect(lines[1]).toMatch(new RegExp(`^poisson +${exact.poisson.toFixed(3)} +0\\.000 +0\\.00`));
    expect(lines[2]).toMatch(
      new RegExp(
        `^geometric +${exact.geometric.toFixed(3)} .*${(exact.geometric - exact.poisson).toFixed(2)}`,
      ),
    );
    expect(lines[4]).toBe('In closed form.');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test.each([
    ['bridge', 4, 0],
    ['importance', 4, 0],
    ['smc', 4, 0],
    ['stepping-stones', 4, 0],
    // Not by chance: a Laplace approximation of these is off by 1/100, a bound lies below by as much.
    ['laplace', 0, 0.02],
    ['elbo', 4, 0.02],
  ])('--method %s --json is near the closed form', async (method, errors, bias) => {
    const { status, stdout } = await credence('evidence', ...BOTH, '--method', method, '--json');
    expect(status).toBe(0);
    const { models, seed } = JSON.parse(stdout) as { seed: number; models: EvidenceRow[] };
    expect(seed).toBe(1);
    expect(models.map(({ name }) => name)).toEqual(['poisson', 'geometric']);
    for (const { name, logEvidence, logEvidenceError } of models) {
      const distance = Math.abs(logEvidence - exact[name as keyof typeof exact]);
      expect(distance).toBeLessThan(errors * logEvidenceError + bias);
      expect(logEvidenceError).toBeLessThan(0.05);
    }
  });

  test('weighs with prior probabilities, and the same seed prints the same', async () => {
    const args = ['evidence', ...BOTH, '--prior', '1,9', '--json'];
    const [one, two] = await Promise.all([credence(...args), credence(...args)]);
    expect(one.stdout).toBe(two.stdout);
    const { models } = JSON.parse(one.stdout) as { models: EvidenceRow[] };
    const [a, b] = models;
    expect(b.priorProbability).toBeCloseTo(0.9, 12);
    expect(b.probability / a.probability).toBeCloseTo(9 * Math.exp(b.logEvidence - a.logEvidence), 9);
  });

  test('warns of a bound, and has status 2 where draws are too few', async () => {
    const bound = await credence(
      'evidence',
      'poisson.ts',
      '--data',
      'y.json',
      '--seed',
      '1',
      '--method',
      'elbo',
    );
    expect(bound.stderr).toMatch(/^Warning: poisson: This is a lower bound/);
    const few = await credence('evidence', 'poisson.ts', '--data', 'y.json', '--seed', '1', '--draws', '10');
    expect(few.status).toBe(2);
    expect(few.stderr.replace(/\s+/g, ' ')).toContain('Warning: poisson: The chains have not converged');
  });

  test.each([
    [['improper.ts', '--data', 'y.json'], /^error: improper: .*improper flat prior of 'level'/],
    [['function.ts'], /^error: function\.ts: expected a model made by credence/],
    [['poisson.ts', './poisson.ts', 'poisson.ts', '--data', 'y.json'], /^error: a model is named twice/],
    [['poisson.ts', '--data', 'y.json', '--prior', '1,2'], /^error: --prior has 2 probabilities, models: 1/],
    [['poisson.ts', '--data', 'y.json', '--prior', '0'], /^error: .*not a list of numbers above 0/],
    [['poisson.ts', '--data', 'y.json', '--method', 'magic'], /^error: .*Allowed choices are bridge/],
    [['absent.ts'], /^error: there is no file 'absent\.ts'/],
  ])('%j: one line, and status 1', async (args, message) => {
    const { status, stdout, stderr } = await credence('evidence', ...args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });
});

describe('compare', () => {
  test('prints differences with their errors, and weights', async () => {
    const { status, stdout, stderr } = await credence('compare', ...BOTH);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ +elpd +se +p +difference +se +stacking +pseudo-BMA\+$/);
    expect(lines[1]).toMatch(/^poisson +-20\.8 .* 0\.0 +0\.0 +1\.00/);
    expect(lines[2]).toMatch(/^geometric +-26\.7 /);
    expect(lines[4]).toBe('PSIS-LOO of 12 observations; seed 1.');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('all criteria agree where nothing is difficult; evidence is that of the other command', async () => {
    const found = await Promise.all(
      ['loo', 'waic', 'kfold'].map((criterion) =>
        credence('compare', ...BOTH, '--criterion', criterion, '--folds', '12', '--chains', '2', '--json'),
      ),
    );
    const elpd = found.map(({ stdout }) => {
      const { models, observations } = JSON.parse(stdout) as {
        observations: number;
        models: { name: string; elpd: number; converged: boolean }[];
      };
      expect(observations).toBe(12);
      expect(models.map(({ name, converged }) => [name, converged])).toEqual([
        ['poisson', true],
        ['geometric', true],
      ]);
      return models[0].elpd;
    });
    // Folds of one row each are what leaving one out estimates.
    for (const other of elpd.slice(1)) expect(Math.abs(other - elpd[0])).toBeLessThan(0.1);
    const [one, two] = await Promise.all([
      credence('compare', ...BOTH, '--criterion', 'evidence'),
      credence('evidence', ...BOTH),
    ]);
    expect(one).toEqual(two);
  });

  test('an observation of bad Pareto k gives a warning and status 2, until it is sampled anew', async () => {
    const args = ['compare', 'poisson.ts', '--data', 'outlier.json', '--seed', '1'];
    const bad = await credence(...args);
    expect(bad.status).toBe(2);
    expect(bad.stderr.replace(/\s+/g, ' ')).toMatch(/Warning: poisson: The Pareto k of 1 of 13 .*: 12 \(/);
    const anew = await credence(...args, '--refit');
    expect(anew.stderr).toBe('');
    expect(anew.status).toBe(0);
  });

  test('models of different observations cannot be compared', async () => {
    const { status, stderr } = await credence('compare', 'poisson.ts', 'other.ts', '--data', 'y.json');
    expect(stderr).toMatch(/^error: compare: the models must predict the same observations.*12.*3/);
    expect(status).toBe(1);
  });
});

/** `credence sample --sampler …`: each draws what it should, takes its own options, and can be killed and taken up again. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommand, run, start } from './command';

const cwd = mkdtempSync(join(tmpdir(), 'credence-samplers-'));
const credence = (...args: string[]) => run(args, cwd);
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);

beforeAll(async () => {
  write(
    'rows.ts',
    `import { model, normal, vector } from 'credence';
    export default model({ y: vector('row') })
      .param('mu', normal(0, 10))
      .param('effect', normal(0, 1), { dims: ['row'] })
      .observe('y', ({ mu, effect }) => normal(mu.add(effect), 1));`,
  );
  write('y.json', '{"y": [1, 2, 4]}');
  write(
    'steps.mjs',
    `import { fromFunction } from 'credence';
    export default fromFunction({
      parameters: { k: [] },
      density: ([k]) => (Number.isInteger(k) && k >= 0 && k < 9 ? k * Math.log(2) : -Infinity),
    });`,
  );
  write('start.json', '{"k": 3}');
  const covariance = Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 2 : 0));
  write('proposal.json', JSON.stringify({ mean: [2, 0, 0, 0], covariance, df: 5 }));
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

const rows = ['sample', 'rows.ts', '--data', 'y.json', '--json'];
/** Of μ: the rows have variance 2 about it, and the prior precision 1/100. */
const PRECISION = 3 / 2 + 1 / 100;
const MEAN = 7 / 2 / PRECISION;

const CHAIN_SAMPLERS: readonly (readonly [string, readonly string[]])[] = [
  ['nuts', ['--jitter', '0.1', '--metric-adaptation', 'stan', '--metric', 'dense']],
  ['hmc', ['--steps', '7', '--max-steps', '50', '--target-acceptance', '0.9']],
  ['hmc', ['--integration-time', '1.2', '--step-size', '0.3']],
  ['walnuts', ['--max-energy-error', '1', '--max-step-halvings', '4', '--initial', 'prior']],
  ['metropolis', ['--blocks', 'effect', '--blocks', 'mu', '--thin', '3']],
  ['metropolis', ['--proposal', 'proposal.json']],
  ['slice', ['--step-size', '2']],
  ['elliptical-slice', []],
  ['mclmc', ['--adjusted', '--target-acceptance', '0.85', '--initial', 'prior']],
  ['mclmc', ['--energy-variance', '1e-4', '--trajectory-length', '2', '--metric', 'unit']],
];

/** Of what `--json` prints: estimates that agree with the closed form. */
function expectPosterior(stdout: string): object {
  const { parameters } = JSON.parse(stdout);
  const { mean, sd, mcseMean } = parameters.mu;
  expect(Math.abs(mean - MEAN)).toBeLessThan(5 * mcseMean);
  expect(Math.abs(sd * Math.sqrt(PRECISION) - 1)).toBeLessThan(0.25);
  return parameters;
}

test.each(CHAIN_SAMPLERS)(
  '%s %j draws from the posterior, and a resumed run is one longer run',
  async (sampler, options) => {
    const args = [...rows, '--sampler', sampler, ...options, '--seed', '6', '--warmup', '300'];
    const resumed = async (): Promise<string> => {
      await credence(...args, '--draws', '60', '--out', 'short', '--overwrite');
      return (await credence('sample', '--resume', 'short', '--draws', '1000', '--json')).stdout;
    };
    const [longer, whole] = await Promise.all([resumed(), credence(...args, '--workers', '2')]);
    expect([0, 2], whole.stderr).toContain(whole.status);
    expect(expectPosterior(longer)).toEqual(expectPosterior(whole.stdout));
  },
  30_000,
);

test('parallel-tempering, and its files hold the draws', async () => {
  const args = [...rows, '--sampler', 'parallel-tempering', '--levels', '4', '--kernel', 'metropolis'];
  const { stdout } = await credence(...args, '--thin', '5', '--seed', '1', '--out', 'drawn');
  expect(JSON.parse(stdout).weights).toHaveLength(4);
  const found = expectPosterior(stdout);
  const again = await credence('summary', 'drawn', '--json');
  expect(JSON.parse(again.stdout).parameters).toEqual(found);
  const { stderr } = await credence('sample', '--resume', 'drawn');
  expect(stderr).toBe('error: drawn: there is no run.json, and so no run to go on with\n');
});

test('smc gives the evidence too', async () => {
  const smc = [...rows, '--sampler', 'smc', '--particles', '800', '--seed', '2', '--max-moves', '50'];
  const { status, stdout } = await credence(...smc, '--out', 'cloud');
  expect(status).toBe(0);
  const { parameters, logEvidences } = JSON.parse(stdout);
  // 3200 particles.
  expect(Math.abs(parameters.mu.mean - MEAN)).toBeLessThan(0.08);
  // y ~ N(0, 2I + 100·11ᵀ), whose determinant is 2²·302.
  const squares = 21 / 2 - (49 * 100) / (2 * 302);
  const exact = -1.5 * Math.log(2 * Math.PI) - Math.log(4 * 302) / 2 - squares / 2;
  for (const value of logEvidences) expect(Math.abs(value - exact)).toBeLessThan(0.5);
  expect(new Set(logEvidences).size).toBe(4);
  const text = await credence(...smc.filter((word) => word !== '--json'), '--workers', '0');
  expect(text.stdout).toMatch(/4 runs of 800 particles, seed 2\./);
  expect(text.stdout).toMatch(/Log evidence of each run: (-\d+\.\d\d(, |\.)){4}/);
  expect(readdirSync(join(cwd, 'cloud')).sort()).toEqual([
    'draws.json',
    ...['output_1.csv', 'output_2.csv', 'output_3.csv', 'output_4.csv'],
    'summary.json',
  ]);
});

test('whole numbers of a density function', async () => {
  const args = ['sample', 'steps.mjs', '--integers', 'k', '--initial', 'start.json', '--seed', '4', '--json'];
  // Weights 2^k: the mean is Σ k 2^k / Σ 2^k.
  const exact = [...Array(9).keys()].reduce((sum, k) => sum + k * 2 ** k, 0) / 511;
  for (const more of [
    ['--sampler', 'metropolis', '--thin', '10'],
    ['--sampler', 'parallel-tempering', '--kernel', 'metropolis', '--thin', '3'],
  ]) {
    const { stdout } = await credence(...args, ...more);
    const { mean, mcseMean, q5 } = JSON.parse(stdout).parameters.k;
    expect(Math.abs(mean - exact)).toBeLessThan(5 * mcseMean);
    expect(Number.isInteger(q5)).toBe(true);
  }
});

describe('resuming', () => {
  test.skipIf(process.platform === 'win32')(
    'metropolis with blocks, killed at any moment',
    async () => {
      const long = [...rows, '--sampler', 'metropolis', '--blocks', 'effect', '--blocks', 'mu'];
      long.push('--thin', '2000', '--draws', '1500', '--warmup', '300', '--chains', '3', '--seed', '7');
      const whole = await credence(...long, '--out', 'whole', '--workers', '2');
      let kills = 0;
      for (const [i, moment] of [1100, 300, 1500, 800].entries()) {
        const begun = existsSync(join(cwd, 'killed', 'run.json'));
        const words = begun ? ['sample', '--resume', 'killed'] : [...long, '--out', 'killed'];
        const { process: child, outcome } = start([...words, '--workers', String(i % 3)], cwd);
        const timer = setTimeout(() => child.kill('SIGKILL'), moment);
        if ((await outcome).status === null) kills++;
        clearTimeout(timer);
      }
      expect(kills).toBeGreaterThan(1);
      const last = await credence('sample', '--resume', 'killed', '--json');
      expect(last.status, last.stderr).toBe(0);
      expect(JSON.parse(last.stdout).parameters).toEqual(JSON.parse(whole.stdout).parameters);
      for (const chain of [1, 2, 3]) {
        // After the header, which has the run's own id.
        const [one, other] = ['killed', 'whole'].map((name) =>
          readFileSync(join(cwd, name, `chain_${chain}.draws`)).subarray(32),
        );
        expect(one.equals(other)).toBe(true);
      }
    },
    60_000,
  );

  test('what was settled cannot be said anew', async () => {
    await credence(...rows, '--sampler', 'slice', '--draws', '20', '--warmup', '20', '--out', 'set');
    for (const [words, name] of [
      [['--seed', '3'], '--seed'],
      [['--sampler', 'nuts'], '--sampler'],
      [['--step-size', '1'], '--step-size'],
      [['--chains', '2'], '--chains'],
    ] as const) {
      const { status, stderr } = await credence('sample', '--resume', 'set', ...words);
      expect(stderr).toBe(`error: ${name} was settled when the run began: leave it out with --resume\n`);
      expect(status).toBe(1);
    }
  });
});

test('--out does not write over a run unless it is told to', async () => {
  const args = [...rows, '--draws', '100', '--warmup', '100', '--seed', '8', '--out', 'kept'];
  await credence(...args);
  const before = readFileSync(join(cwd, 'kept', 'chain_1.draws'));
  const refused = await credence(...args);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toBe(
    'error: kept holds a run: --resume kept goes on with it, --overwrite lets go of it, or choose another directory\n',
  );
  expect(readFileSync(join(cwd, 'kept', 'chain_1.draws')).equals(before)).toBe(true);
  // Of ensembles nothing stays that is not theirs.
  const tempered = await credence(...args, '--sampler', 'parallel-tempering', '--chains', '2', '--overwrite');
  expect([0, 2]).toContain(tempered.status);
  const left = ['draws.json', 'output_1.csv', 'output_2.csv', 'summary.json'];
  expect(readdirSync(join(cwd, 'kept')).sort()).toEqual(left);
  expect((await credence(...args)).stderr).toBe(
    'error: kept holds a run: --overwrite lets go of it, or choose another directory\n',
  );
  expect((await credence(...rows, '--overwrite')).stderr).toBe('error: --overwrite goes with --out\n');
});

test.each([
  ['nuts', '--levels', '3'],
  ['hmc', '--max-tree-depth', '3'],
  ['slice', '--metric', 'dense'],
  ['elliptical-slice', '--step-size', '1'],
  ['smc', '--draws', '100'],
  ['parallel-tempering', '--until-ess', '100'],
  ['parallel-tempering', '--keep', 'mu'],
  ['mclmc', '--jitter', '0.1'],
])('%s does not take %s', async (sampler, option, value) => {
  const { status, stderr } = await credence(...rows, '--sampler', sampler, option, value);
  expect(stderr).toBe(`error: ${option} does not go with --sampler ${sampler}\n`);
  expect(status).toBe(1);
});

test.each([
  ['an unknown sampler', ['--sampler', 'gibbs'], /Allowed choices are nuts, hmc, walnuts/],
  ['a kernel of another', ['--sampler', 'smc', '--kernel', 'nuts'], /kernel must be 'hmc' or 'metropolis'/],
  ['a prior without a model', ['--sampler', 'elliptical-slice'], /needs a model made by credence/],
])('%s: one line', async (_, options, message) => {
  const { status, stderr } = await credence('sample', 'steps.mjs', ...options);
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toMatch(message);
  expect(status).toBe(1);
});

test.each([
  ['optimize', ['--starts', '3']],
  ['laplace', ['--draws', '100']],
  ['pathfinder', ['--paths', '3', '--draws', '100']],
])('%s does in workers what it does without', async (name, options) => {
  const args = [name, 'rows.ts', '--data', 'y.json', '--seed', '5', '--json', ...options];
  const [here, there] = await Promise.all(
    ['0', '2'].map(async (workers) => JSON.parse((await credence(...args, '--workers', workers)).stdout)),
  );
  delete here.seconds;
  delete there.seconds;
  expect(there).toEqual(here);
  const { stderr } = await credence(...args, '--workers', '-1');
  expect(stderr).toMatch(/workers must be an integer ≥ 0, got -1/);
});

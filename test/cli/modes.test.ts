/** `credence optimize` and `credence laplace` as processes: what they print and write, and their exit status. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCommand, run } from './command';

const cwd = mkdtempSync(join(tmpdir(), 'credence-modes-'));
const credence = (...args: string[]) => run(args, cwd);
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);

beforeAll(async () => {
  write(
    'mean.ts',
    `import { model, normal, halfNormal, vector } from 'credence';
    export default model({ y: vector('n') })
      .param('mu', normal(0, 10))
      .param('sigma', halfNormal(5))
      .observe('y', ({ mu, sigma }) => normal(mu, sigma));`,
  );
  write(
    'flat.ts',
    `import { flat, model, normal, vector } from 'credence';
    export default model({ y: vector('n') })
      .param('a', flat())
      .param('b', flat())
      .observe('y', ({ a, b }) => normal(a.add(b), 1));`,
  );
  write('y.json', '{ "y": [1, 2, 4, 5] }');
  write('many.json', JSON.stringify({ y: Array.from({ length: 60 }, (_, i) => 3 + Math.sin(2 * i + 1)) }));
  write('same.json', '{ "y": [1, 1, 1] }');
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

test('optimize prints the maximum of the likelihood with its standard errors', async () => {
  const { status, stdout, stderr } = await credence(
    ...['optimize', 'mean.ts', '--data', 'y.json', '--objective', 'likelihood', '--seed', '1'],
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/estimate +std error/);
  expect(lines[1]).toMatch(/^mu +3 +0\.790569$/);
  expect(lines[2]).toMatch(/^sigma +1\.58114 +0\.559017$/);
  expect(stdout).toMatch(/Log likelihood -7\.5\d+\. 4 starts, \d+ evaluations, .* s; seed 1\./);
});

test('optimize --json --out: the same numbers on standard output and in a file', async () => {
  const { status, stdout } = await credence(
    ...['optimize', 'mean.ts', '--data', 'y.json', '--jacobian', '--seed', '1', '--json', '--out', 'mode'],
  );
  expect(status).toBe(0);
  const found = JSON.parse(stdout);
  expect(found.objective).toBe('density');
  expect(found.parameters.sigma.standardError).toBeGreaterThan(0);
  expect(JSON.parse(readFileSync(join(cwd, 'mode', 'estimate.json'), 'utf8'))).toEqual(found);
});

test('optimize: status 2 with the reason where nothing is determined, 1 where there is a pole', async () => {
  const flat = await credence('optimize', 'flat.ts', '--data', 'y.json', '--seed', '1');
  expect(flat.status).toBe(2);
  expect(flat.stderr).toMatch(/^Warning: the log density is flat/);
  const pole = await credence(
    ...['optimize', 'mean.ts', '--data', 'same.json', '--objective', 'likelihood', '--seed', '1'],
  );
  expect(pole.status).toBe(1);
  expect(pole.stderr).toMatch(/^error: .*pole at zero of 'sigma'/);
  const wrong = await credence('optimize', 'mean.ts', '--objective', 'likelihood', '--jacobian');
  expect(wrong.status).toBe(1);
});

test('laplace prints a table of draws, evidence and Pareto k, and writes the draws', async () => {
  const args = ['laplace', 'mean.ts', '--data', 'many.json', '--seed', '2', '--draws', '500'];
  const { status, stdout, stderr } = await credence(...args, '--out', 'draws');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/Log evidence -\d+\.\d+/);
  expect(stdout).toContain('Hessian full, exact: symbolic second derivatives.');
  expect(stdout).toMatch(/Pareto k -?\d\.\d+\. 500 draws/);
  const written = JSON.parse(readFileSync(join(cwd, 'draws', 'draws.json'), 'utf8'));
  expect(written.quantities.mu.draws[0].length).toBe(500);
  expect(written.statistics.logApproximation[0].length).toBe(500);
  const [one, two] = await Promise.all([credence(...args, '--json'), credence(...args, '--json')]);
  expect(one.stdout).toBe(two.stdout);
  expect(JSON.parse(one.stdout).parameters.mu.mean).toBeCloseTo(3, 0);
});

test('laplace: status 2 and the direction where the posterior has no curvature', async () => {
  const { status, stderr } = await credence('laplace', 'flat.ts', '--data', 'y.json', '--seed', '1');
  expect(status).toBe(2);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(/not negative definite.*'a'.*'b'/);
});

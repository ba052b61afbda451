/** The example of a change point, by the command: what it finds, what it refuses, and files with whole numbers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disasters, FIRST_YEAR } from '../../examples/coal-mining';
import { buildCommand, run } from '../cli/command';
import { logFactorial } from './problems';

const cwd = mkdtempSync(join(tmpdir(), 'credence-coal-'));
const example = fileURLToPath(new URL('../../examples/coal-mining.ts', import.meta.url));
const credence = (...args: string[]) => run(['sample', example, ...args], cwd);

beforeAll(buildCommand);
afterAll(() => rmSync(cwd, { recursive: true }));

/** log ∫ Π λ^y e^−λ · ½ e^−λ/2 dλ, factorials of y left out: they are the same for all years. */
function segment(counts: readonly number[]): number {
  const total = counts.reduce((sum, y) => sum + y, 0);
  return logFactorial(total) - (total + 1) * Math.log(counts.length + 0.5);
}

test('the year of the change, against the sum over all years', async () => {
  const out = join(cwd, 'run');
  const { status, stdout, stderr } = await credence(
    ...[
      '--sampler',
      'metropolis',
      '--seed',
      '1',
      '--draws',
      '8000',
      '--initial',
      'prior',
      '--json',
      '--out',
      out,
    ],
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const weights = disasters
    .slice(1)
    .map((_, k) => segment(disasters.slice(0, k + 1)) + segment(disasters.slice(k + 1)));
  const most = Math.max(...weights);
  const shares = weights.map((weight) => Math.exp(weight - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.reduce((sum, share, k) => sum + (share / total) * (FIRST_YEAR + 1 + k), 0);
  const { mean, mcseMean, rhat } = JSON.parse(stdout).parameters.change;
  expect(Math.abs(mean - exact)).toBeLessThan(4.5 * mcseMean);
  expect(rhat).toBeLessThan(1.05);
  const [layout] = [JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))];
  expect(JSON.stringify(layout)).toContain('"discrete":true');
}, 60_000);

test('samplers by gradient say what to do', async () => {
  const { status, stderr } = await credence();
  expect(status).toBe(1);
  expect(stderr).toContain(
    "nuts: 'change' is discrete; sum it out (mixture, hmmMarginal), or sample with metropolis",
  );
});

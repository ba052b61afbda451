/** `credence vi` and `credence pathfinder` as processes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCommand, run } from '../cli/command';

const cwd = mkdtempSync(join(tmpdir(), 'credence-vi-'));

beforeAll(async () => {
  writeFileSync(
    join(cwd, 'level.ts'),
    `import { model, normal, vector } from 'credence';
    export default model({ y: vector('row') }).param('mu', normal(0, 10)).observe('y', ({ mu }) => normal(mu, 1));`,
  );
  writeFileSync(join(cwd, 'rows.json'), '{"y": [1.2, 0.7, 1.9, 1.1]}');
  const many = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1 : -1) * Math.sin((i >> 1) + 1));
  writeFileSync(join(cwd, 'many.json'), JSON.stringify({ y: many }));
  await buildCommand();
});
afterAll(() => rmSync(cwd, { recursive: true }));

test.each([
  ['vi', '--family', 'full-rank'],
  ['vi', '--family', 'low-rank'],
  ['vi', '--resample'],
  ['pathfinder'],
])('%s %s', async (...words) => {
  const common = ['level.ts', '--data', 'rows.json', '--seed', '1'];
  const { status, stdout, stderr } = await run([...words, ...common], cwd);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/mu +1\.2/);
  expect(stdout).toMatch(/Pareto k/);
  const { stdout: json } = await run([...words, ...common, '--json'], cwd);
  const { parameters, paretoK } = JSON.parse(json);
  // Conjugate: mean Σy/(n + 1/100), sd 1/√(n + 1/100).
  expect(Math.abs(parameters.mu.mean - 4.9 / 4.01)).toBeLessThan(0.08);
  expect(Math.abs(parameters.mu.sd - 4.01 ** -0.5)).toBeLessThan(0.06);
  expect(paretoK).toBeLessThan(0.7);
});

test('steps see batches when told to', async () => {
  const words = ['vi', 'level.ts', '--data', 'many.json', '--seed', '1', '--json'];
  const [{ stdout: batches }, { stdout: all }] = await Promise.all([
    run([...words, '--minibatch', 'row=20'], cwd),
    run(words, cwd),
  ]);
  expect(JSON.parse(batches).parameters.mu.mean).not.toBe(JSON.parse(all).parameters.mu.mean);
  // Conjugate: 200 rows with mean 0.
  const { mean, sd } = JSON.parse(batches).parameters.mu;
  expect(Math.abs(mean)).toBeLessThan(0.2 * 200 ** -0.5);
  expect(Math.abs(sd * 200 ** 0.5 - 1)).toBeLessThan(0.1);
  const { status, stderr } = await run([...words, '--minibatch', '20'], cwd);
  expect(status).toBe(1);
  expect(stderr).toMatch(/--minibatch.*such as row=256/);
});

test('errors take one line', async () => {
  const { status, stderr } = await run(
    ['vi', 'level.ts', '--data', 'rows.json', '--draws-per-step', '0'],
    cwd,
  );
  expect(status).toBe(1);
  expect(stderr).toBe('error: variational: drawsPerStep must be an integer ≥ 1, got 0\n');
});

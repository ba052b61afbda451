/** `credence ab` as a process: what it prints, and what it refuses. */

import { tmpdir } from 'node:os';
import { beforeAll, expect, test } from 'vitest';
import { buildCommand, run } from './command';

const credence = (...args: string[]) => run(['ab', ...args], tmpdir());

beforeAll(buildCommand);

test('a table, a picture and what follows from them', async () => {
  const { status, stdout, stderr } = await credence('--a', '120/1000', '--b', '150/1000');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  // P(B > A) by mpmath: 0.97506784.
  expect(stdout).toMatch(/^A +120\/1000 +0\.1208 +0\.0103 +0\.1013 to 0\.1416 +0\.0249 +0\.0301$/m);
  expect(stdout).toMatch(/^B +150\/1000 +0\.1507 +0\.0113 +0\.1292 to 0\.1735 +0\.9751 +0\.000144$/m);
  expect(stdout).toMatch(/^B - A: 0\.0299, with 95 % probability/m);
  expect(stdout).toContain('3.81 times as probable under one rate as under two different ones');
  // The densities, their modes lettered, A to the left of B.
  const picture = stdout.split('\n').filter((line) => line.startsWith(' │'));
  expect(picture).toHaveLength(8);
  const column = (letter: string): number => Math.max(...picture.map((line) => line.indexOf(letter)));
  expect(column('A')).toBeGreaterThan(0);
  expect(column('B')).toBeGreaterThan(column('A'));
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('JSON for programs', async () => {
  const { status, stdout } = await credence('--a', '3/40', '--b', '9/41', '--prior', '0.5,0.5', '--json');
  expect(status).toBe(0);
  const found = JSON.parse(stdout);
  expect(found.a).toMatchObject({ successes: 3, trials: 40, alpha: 3.5, beta: 37.5 });
  expect(found.a.probabilityBest + found.b.probabilityBest).toBeCloseTo(1, 12);
  expect(found.b.expectedLoss - found.a.expectedLoss).toBeCloseTo(found.a.mean - found.b.mean, 12);
  expect(found.difference.interval[0]).toBeLessThan(found.difference.mean);
});

test('as many digits as the data tell, of frequent and of rare successes', async () => {
  const { stdout } = await credence('--a', '500000/100000000', '--b', '3/100000000', '--prior', '0.01,0.01');
  expect(stdout).toMatch(/^A +\S+ +0\.0050000 +0\.0000071 +0\.0049862 to 0\.0050138 +1\.0000 /m);
  expect(stdout).toMatch(/^B +\S+ +0\.000000030 +0\.000000017 +0\.000000006 to 0\.000000072 /m);
});

test('one line for what cannot be', async () => {
  const refused: [string[], RegExp][] = [
    [['--a', '120/1000'], /required option '--b/],
    [['--a', '12', '--b', '1/2'], /'12' is not successes\/trials/],
    [['--a', '3/2', '--b', '1/2'], /more successes than trials/],
    [['--a', '1/2', '--b', '1/2', '--prior', '0,1'], /two numbers above 0/],
    [['--a', '1/2', '--b', '1/2', '--mass', '95'], /is not between 0 and 1/],
  ];
  for (const [args, message] of refused) {
    const { status, stdout, stderr } = await credence(...args);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(message);
  }
});

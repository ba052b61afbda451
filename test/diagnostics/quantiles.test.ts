/** Normal and beta quantiles against high-precision values (quantiles.json, made by generate-quantiles.py). */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { betaQuantile } from '../../src/diagnostics/beta-quantile';
import { normalQuantile, normalScores } from '../../src/diagnostics/normal-scores';

const table = JSON.parse(readFileSync(new URL('quantiles.json', import.meta.url), 'utf8')) as {
  normal: [number, number][];
  beta: [number, number, number, number][];
};

test.each(table.normal)('normal quantile of %d', (p, z) => {
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1e-15 + 1e-14 * Math.abs(z));
});

test('normal quantile at and beyond the ends', () => {
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(-0.1)).toBeNaN();
  expect(normalQuantile(1.1)).toBeNaN();
});

test.each(table.beta)('beta quantile of %d with shapes %d and %d', (p, a, b, x) => {
  expect(Math.abs(betaQuantile(p, a, b) - x)).toBeLessThanOrEqual(1e-11 * x);
});

test.each([7, 8])('normal scores of %i ranks are those of the plotting positions, and antisymmetric', (n) => {
  const scores = normalScores(n);
  expect(scores).toHaveLength(n);
  for (let rank = 1; rank <= n; rank++) {
    expect(scores[rank - 1]).toBeCloseTo(normalQuantile((rank - 0.375) / (n + 0.25)), 14);
    expect(scores[rank - 1]).toBeCloseTo(-scores[n - rank], 14);
  }
});

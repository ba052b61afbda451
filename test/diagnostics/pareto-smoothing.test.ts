/** Smoothed weights against the R package loo (pareto.json, made by generate_pareto.R), and the ratios without a tail. */

import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { paretoSmooth } from '../../src/diagnostics';

interface Case {
  name: string;
  logRatios: number[];
  relativeEfficiency: number;
  logWeights: number[];
  k: number;
}

const cases = JSON.parse(readFileSync(new URL('pareto.json', import.meta.url), 'utf8')) as Case[];

test.each(cases)('$name', ({ logRatios, relativeEfficiency, logWeights, k }) => {
  const smoothed = paretoSmooth(Float64Array.from(logRatios), relativeEfficiency);
  expect(smoothed.k).toBeCloseTo(k, 10);
  logWeights.forEach((weight, i) => expect(smoothed.logWeights[i]).toBeCloseTo(weight, 10));
});

describe('ratios without a tail', () => {
  it('are kept where there are too few of them', () => {
    const { logWeights, k } = paretoSmooth(Float64Array.of(0, Math.log(3)));
    expect(k).toBe(Infinity);
    expect(Array.from(logWeights, Math.exp)).toEqual([expect.closeTo(0.25), expect.closeTo(0.75)]);
  });

  it('are kept where they are all equal', () => {
    const { logWeights, k } = paretoSmooth(new Float64Array(100).fill(-7));
    expect(k).toBe(-Infinity);
    for (const weight of logWeights) expect(Math.exp(weight)).toBeCloseTo(0.01, 15);
  });

  it('tell nothing where rounding is larger than they are apart', () => {
    expect(paretoSmooth(new Float64Array(100).fill(3e23)).k).toBe(Infinity);
  });

  it('may be impossible draws', () => {
    const { logWeights } = paretoSmooth(
      Float64Array.from({ length: 50 }, (_, i) => (i < 5 ? -Infinity : i / 10)),
    );
    expect(logWeights[0]).toBe(-Infinity);
    expect(logWeights.reduce((total, weight) => total + Math.exp(weight), 0)).toBeCloseTo(1, 12);
  });
});

it('says which ratio is wrong', () => {
  expect(() => paretoSmooth(new Float64Array())).toThrow('expected at least one log ratio, got none');
  expect(() => paretoSmooth(Float64Array.of(1, NaN))).toThrow(
    'log ratio 1 must be finite or -Infinity, got NaN',
  );
  expect(() => paretoSmooth(Float64Array.of(1, Infinity))).toThrow('log ratio 1 must be');
  expect(() => paretoSmooth(Float64Array.of(-Infinity))).toThrow('every log ratio is -Infinity');
  expect(() => paretoSmooth(Float64Array.of(1), 0)).toThrow('relativeEfficiency must be above 0, got 0');
});

describe('where most draws are of one state', () => {
  /** 4000 log ratios of which all are near 0, but `above` that follow a Pareto distribution of shape k from 1 on. */
  const clustered = (above: number, k: number): Float64Array =>
    Float64Array.from({ length: 4000 }, (_, i) =>
      i < above ? 0.02 - k * Math.log((i + 0.5) / above) : 1e-4 * Math.sin(i),
    );

  it.each([0.2, 0.5, 1.2])('finds a tail of shape %d above them', (k) => {
    // Deviation of the estimate: (1 + k)/√60.
    expect(Math.abs(paretoSmooth(clustered(60, k), 1, 0.01).k - k)).toBeLessThan(
      (2 * (1 + k)) / Math.sqrt(60),
    );
    expect(paretoSmooth(clustered(60, k)).k).toBeGreaterThan(1.2);
  });

  it('says nothing of a handful that weighs much, and does not mind one that weighs little', () => {
    expect(paretoSmooth(clustered(3, 0.1), 1, 0.01).k).toBe(-Infinity);
    expect(paretoSmooth(clustered(3, 5), 1, 0.01).k).toBe(Infinity);
  });
});

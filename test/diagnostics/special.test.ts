/** Draws on which a diagnostic is undefined, infinite or refused, and the time a summary's worth of them takes. */

import { describe as group, expect, test } from 'vitest';
import * as diagnostics from '../../src/diagnostics';
import { MeanAutocovariance } from '../../src/diagnostics/autocovariance';
import { spreadOf } from '../../src/diagnostics/spread';

const NAMES = ['rhat', 'essBulk', 'essTail', 'essMean', 'essSd', 'mcseMean', 'mcseSd'] as const;

/** Reproducible noise, enough to have no ties. */
function noise(n: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

group.each([
  ['constant', [new Float64Array(20).fill(3), new Float64Array(20).fill(3)]],
  ['constant up to rounding', [new Float64Array(20).fill(1), new Float64Array(20).fill(1 + 2 ** -52)]],
  ['holding a NaN', [noise(20, 1), noise(20, 2).fill(NaN, 3, 4)]],
  ['holding an infinity', [noise(20, 1), noise(20, 2).fill(-Infinity, 3, 4)]],
  ['three long', [noise(3, 1), noise(3, 2)]],
] as const)('draws %s', (_, chains) => {
  test.each(NAMES)('%s is NaN', (name) => {
    expect(diagnostics[name](chains)).toBeNaN();
  });
  test('quantile diagnostics and describe are NaN too', () => {
    expect(diagnostics.essQuantile(chains, 0.5)).toBeNaN();
    expect(diagnostics.mcseQuantile(chains, 0.5)).toBeNaN();
    const described = diagnostics.describe(chains);
    for (const name of ['rhat', 'essBulk', 'essTail', 'mcseMean'] as const) expect(described[name]).toBeNaN();
  });
});

test('describe still gives the moments and quantiles of constant draws', () => {
  expect(diagnostics.describe([new Float64Array(10).fill(3)])).toMatchObject({
    mean: 3,
    sd: 0,
    q5: 3,
    q50: 3,
    q95: 3,
  });
});

test('describe gives NaN quantiles when a draw is NaN', () => {
  expect(diagnostics.describe([Float64Array.of(1, 2, NaN, 4, 5)])).toMatchObject({
    q5: NaN,
    q50: NaN,
    mean: NaN,
  });
});

test('a tiny scale is not taken for a constant', () => {
  const chains = [noise(100, 1), noise(100, 2)];
  const tiny = chains.map((chain) => chain.map((x) => x * 2 ** -600));
  expect(diagnostics.rhat(tiny)).toBe(diagnostics.rhat(chains));
  expect(diagnostics.essBulk(tiny)).toBe(diagnostics.essBulk(chains));
});

test('infinite draws have quantiles, NaN do not', () => {
  expect(diagnostics.describe([Float64Array.of(-Infinity, -Infinity, 2, 3, 4)])).toMatchObject({
    q50: 2,
    q5: -Infinity,
  });
  const negative = new Float64Array(new BigUint64Array([0xfff8000000000000n, 0n, 0n, 0n, 0n]).buffer);
  expect(diagnostics.describe([negative])).toMatchObject({ q5: NaN, q50: NaN, q95: NaN });
});

test('chains each stuck at its own value have an infinite R-hat and next to no effective draws', () => {
  const chains = [0, 1, 1, 0].map((value) => new Float64Array(1000).fill(value));
  expect(diagnostics.rhat(chains)).toBe(Infinity);
  expect(diagnostics.essBulk(chains)).toBeLessThan(10);
});

test('one stuck chain among good ones is seen', () => {
  const chains = [noise(100, 1), noise(100, 2), noise(100, 3), new Float64Array(100).fill(0.4)];
  expect(diagnostics.rhat(chains)).toBeGreaterThan(1.05);
});

test('R-hat of one chain compares its halves', () => {
  const still = noise(200, 5);
  expect(diagnostics.rhat([still])).toBeLessThan(1.05);
  expect(diagnostics.rhat([still.map((x, i) => x + i / 100)])).toBeGreaterThan(1.5);
});

test('rank-based diagnostics do not change under a monotone transformation', () => {
  const chains = [noise(150, 7), noise(150, 8)];
  const stretched = chains.map((chain) => chain.map((x) => Math.exp(8 * x)));
  expect(diagnostics.essBulk(stretched)).toBe(diagnostics.essBulk(chains));
});

test('the tail ESS of rare events ignores a quantile that no draw exceeds', () => {
  const events = new Float64Array(100);
  events[17] = events[60] = 1;
  const value = diagnostics.essTail([events, events.slice().reverse()]);
  expect(value).toBeGreaterThan(0);
  expect(value).toBeLessThanOrEqual(200 * Math.log10(200));
});

test('refusals say what was found', () => {
  expect(() => diagnostics.rhat([])).toThrow('expected at least one chain, got none');
  expect(() => diagnostics.essBulk([noise(10, 1), noise(9, 1)])).toThrow('chain 0 has 10 and chain 1 has 9');
  expect(() => diagnostics.describe([new Float64Array(0)])).toThrow('at least one draw per chain, got none');
  expect(() => diagnostics.essQuantile([noise(10, 1)], 1.2)).toThrow(
    'probability must lie in [0, 1], got 1.2',
  );
});

test('E-BFMI of independent energies is about 2, of a slow random walk about 0, of a constant NaN', () => {
  let level = 0;
  const walk = noise(1000, 3).map((step) => (level += step));
  const [independent, slow, constant] = diagnostics.ebfmi([
    noise(1000, 4),
    walk,
    new Float64Array(10).fill(1),
  ]);
  expect(independent).toBeGreaterThan(1.7);
  expect(independent).toBeLessThan(2.3);
  expect(slow).toBeLessThan(0.1);
  expect(constant).toBeNaN();
});

test.each([3, 4])('the autocovariances of %i chains agree, direct and transformed, at every lag', (count) => {
  const length = 90;
  const values = noise(count * length, 11);
  const mean = new MeanAutocovariance(spreadOf({ values, count, length }));
  for (let lag = 0; lag < length; lag++) {
    let expected = 0;
    for (let chain = 0; chain < count; chain++) {
      const x = values.subarray(chain * length, (chain + 1) * length);
      const center = x.reduce((a, b) => a + b) / length;
      for (let i = 0; i + lag < length; i++) expected += (x[i] - center) * (x[i + lag] - center);
    }
    expect(mean.at(lag)).toBeCloseTo(expected / (count * length), 14);
  }
});

test('eighteen quantities of four chains of 1000 draws take less than 60 ms, undisturbed', () => {
  const quantities = Array.from({ length: 18 }, (_, q) =>
    Array.from({ length: 4 }, (_, chain) => noise(1000, 100 * q + chain + 1)),
  );
  // Other processes may take the processor away, but hardly three times.
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    for (const chains of quantities) diagnostics.describe(chains);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(60);
});

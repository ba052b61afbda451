/** Every diagnostic against ArviZ on fixed draws (reference.json, made by generate.py). */

import { readFileSync } from 'node:fs';
import { describe as group, expect, test } from 'vitest';
import * as diagnostics from '../../src/diagnostics';
import { sortedQuantile } from '../../src/diagnostics/quantile';

type ByProbability = Record<string, number>;
interface Case {
  name: string;
  chains: number[][];
  expected: Record<Single, number> & {
    essQuantile: ByProbability;
    mcseQuantile: ByProbability;
    quantiles: ByProbability;
    ebfmi: number[];
    autocovariance: number[];
  };
}
const SINGLE = ['rhat', 'essBulk', 'essTail', 'essMean', 'essSd', 'mcseMean', 'mcseSd'] as const;
type Single = (typeof SINGLE)[number] | 'mean' | 'sd';

const cases = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')) as Case[];

function expectClose(actual: number, expected: number, relative = 1e-9): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

// Far from zero, deviations lose digits to the offset before any formula sees them.
const tolerance = (c: Case): number => (c.name === 'large offset' ? 1e-5 : 1e-9);

group.each(cases)('$name', (c) => {
  const chains = c.chains.map((draws) => Float64Array.from(draws));
  const { expected } = c;

  test.each(SINGLE)('%s', (name) => {
    expectClose(diagnostics[name](chains), expected[name], tolerance(c));
  });

  test.each(Object.entries(expected.essQuantile))('essQuantile(%s)', (p, value) => {
    expectClose(diagnostics.essQuantile(chains, Number(p)), value);
  });

  test.each(Object.entries(expected.mcseQuantile))('mcseQuantile(%s)', (p, value) => {
    expectClose(diagnostics.mcseQuantile(chains, Number(p)), value);
  });

  test('quantiles', () => {
    const sorted = Float64Array.from(c.chains.flat()).sort();
    for (const [p, value] of Object.entries(expected.quantiles)) {
      expectClose(sortedQuantile(sorted, Number(p)), value, 1e-14);
    }
  });

  test('ebfmi', () => {
    const values = diagnostics.ebfmi(chains);
    expect(values).toHaveLength(chains.length);
    values.forEach((value, chain) => expectClose(value, expected.ebfmi[chain]));
  });

  test('autocovariance', () => {
    const lags = diagnostics.autocovariance(chains[0]);
    expected.autocovariance.forEach((value, lag) => {
      expect(Math.abs(lags[lag] - value)).toBeLessThanOrEqual(tolerance(c) * expected.autocovariance[0]);
    });
  });

  test('describe gives what the separate functions give', () => {
    const described = diagnostics.describe(chains);
    expectClose(described.mean, expected.mean, 1e-12);
    expectClose(described.sd, expected.sd, tolerance(c));
    for (const name of ['rhat', 'essBulk', 'essTail', 'mcseMean'] as const) {
      expectClose(described[name], diagnostics[name](chains), 1e-12);
    }
    expectClose(described.q5, expected.quantiles['0.05'], 1e-14);
    expectClose(described.q50, expected.quantiles['0.5'], 1e-14);
    expectClose(described.q95, expected.quantiles['0.95'], 1e-14);
  });
});

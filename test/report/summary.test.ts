/** Summaries: rows, the printed table, JSON, and the rule for convergence. */

import { inspect } from 'node:util';
import { describe as group, expect, test } from 'vitest';
import { describe } from '../../src/diagnostics';
import { summarize } from '../../src/report';
import { exampleFit, layoutOf, noise } from './example';

test('rows describe every scalar quantity', () => {
  const fit = exampleFit();
  const summary = summarize(fit);
  expect(summary.rows.map((row) => row.name)).toEqual(['mu', 'effect[0]', 'effect[1]', 'effect[2]']);
  expect(summary.find('effect[1]')).toMatchObject(describe(fit.quantityDraws(2)));
  expect(summary.converged).toBe(true);
  expect(summary.warnings).toEqual([]);
});

test('chosen quantities come in the order asked for', () => {
  const fit = exampleFit();
  expect(summarize(fit, { names: ['effect', 'mu'] }).rows.map((row) => row.name)).toEqual([
    'effect[0]',
    'effect[1]',
    'effect[2]',
    'mu',
  ]);
  expect(() => summarize(fit, { names: ['tua'] })).toThrow(
    "there is no quantity 'tua'; the fit has mu, effect",
  );
  expect(() => summarize(fit).find('effect')).toThrow("no scalar quantity 'effect'");
});

test('a fit without draws is refused', () => {
  expect(() => summarize(exampleFit({ draws: 0 }))).toThrow('the fit has no draws');
  expect(() => summarize(exampleFit({ chains: 0 }))).toThrow('the fit has no draws');
});

test('the table is aligned, narrow, and shows digits down to the Monte Carlo error', () => {
  const scales = [1, 1e-3, 1e4, 1e-12];
  const fit = exampleFit({
    quantity: (index, chain) => noise(500, 1000 * index + chain + 1).map((x) => scales[index] * (x + 3)),
  });
  const lines = summarize(fit).toString().split('\n');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[0].length).toBeLessThanOrEqual(100);
  expect(lines[0]).toMatch(/mean +mcse +sd +5% +50% +95% +ess bulk +ess tail +r-hat$/);
  expect(lines[1]).toMatch(/^mu +[23]\.\d\d +0\.0\d\d +[01]\.\d\d /);
  expect(lines[2]).toMatch(/^effect\[0\] +0\.00[23]\d\d +0\.00002\d/);
  expect(lines[3]).toMatch(/^effect\[1\] +[23]\d{4} +2\d\d\.\d +\d{4,5} /);
  expect(lines[4]).toMatch(/^effect\[2\] +[23]\.\d\de-12/);
  expect(inspect(summarize(fit))).toBe(summarize(fit).toString());
});

test('long tables say how much they hide, long names lose their middle, labels are on request', () => {
  const layout = layoutOf([{ name: 'a'.repeat(30) + 'b'.repeat(30), shape: [3], dims: ['city'] }], {
    city: ['Bath', 'Cork', 'Deal'],
  });
  const summary = summarize(exampleFit({ layout }));
  const lines = summary.toString({ maxRows: 2, labels: true }).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^a+…b+\[Bath\] /);
  expect(lines[0].length).toBeLessThanOrEqual(120);
  expect(lines[3]).toBe('… and 1 more');
});

test('JSON has the agreed form', () => {
  const json = JSON.parse(
    JSON.stringify(summarize(exampleFit({ divergent: (chain, i) => chain === 1 && i < 3 }))),
  );
  expect(Object.keys(json.parameters)).toEqual(['mu', 'effect[0]', 'effect[1]', 'effect[2]']);
  expect(Object.keys(json.parameters.mu)).toEqual([
    'mean',
    'sd',
    'mcseMean',
    'q5',
    'q50',
    'q95',
    'rhat',
    'essBulk',
    'essTail',
  ]);
  expect(json.diagnostics).toMatchObject({ divergences: 3, treedepthSaturated: 0 });
  expect(json.diagnostics.ebfmi).toHaveLength(4);
  expect(json.timing).toEqual({ warmupSeconds: 0.25, samplingSeconds: 0.5 });
  expect(json.gradientEvaluations).toBe(12345);
});

group('constant quantities', () => {
  const summary = summarize(
    exampleFit({ quantity: (index) => (index === 0 ? new Float64Array(500).fill(2.5) : undefined) }),
  );
  test('stand aside in the rule for convergence', () => {
    expect(summary.converged).toBe(true);
    expect(summary.warnings).toEqual([]);
  });
  test('print dashes and become null', () => {
    expect(summary.toString().split('\n')[1]).toMatch(/^mu +2\.5 +- +0 +2\.5 +2\.5 +2\.5 +- +- +-$/);
    expect(JSON.parse(JSON.stringify(summary)).parameters.mu.rhat).toBeNull();
  });
});

group('the rule for convergence', () => {
  test('fails for R-hat above 1.05', () => {
    const shifted = (index: number, chain: number) =>
      noise(500, 10 * index + chain + 1).map((x) => x + chain);
    expect(summarize(exampleFit({ quantity: shifted })).converged).toBe(false);
  });
  test('fails for fewer than 100 effective draws per chain', () => {
    const summary = summarize(exampleFit({ draws: 60 }));
    expect(summary.rows.every((row) => row.rhat < 1.05)).toBe(true);
    expect(summary.converged).toBe(false);
  });
  test('holds with divergences and with R-hat between 1.01 and 1.05, which only warn', () => {
    const summary = summarize(
      exampleFit({
        divergent: (_, i) => i === 0,
        quantity: (index, chain) =>
          noise(2000, 10 * index + chain + 1).map((x) => x * (chain === 0 ? 1.3 : 1)),
        draws: 2000,
      }),
    );
    const { rhat } = summary.rows[0];
    expect(rhat).toBeGreaterThan(1.01);
    expect(rhat).toBeLessThan(1.05);
    expect(summary.converged).toBe(true);
    expect(summary.warnings.map((warning) => warning.kind)).toEqual(['divergences', 'rhat']);
  });
  test('fails when there are too few draws to tell', () => {
    const summary = summarize(exampleFit({ draws: 3 }));
    expect(summary.converged).toBe(false);
    expect(summary.toString()).toContain('3 draws per chain cannot be diagnosed');
  });
});

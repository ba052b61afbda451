/** Regressions of every small number of rows and columns, since kernels take rows and columns by twos, fours and eights. */
import { describe, expect, it } from 'vitest';
import { bernoulliLogitKernel, Graph, matmul, poissonLogKernel, type Expression } from '../../src/expr';
import { compileDensity } from './evaluate';

const kernels: Record<string, (y: Expression, eta: Expression) => Expression<0>> = {
  bernoulliLogit: bernoulliLogitKernel,
  poissonLog: poissonLogKernel,
};

/** Moderate numbers without a pattern. */
const wave = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(1 + phase + 1.7 * i));

async function requireAgreement(kernel: string, rows: number, columns: number): Promise<void> {
  const graph = new Graph();
  const beta = graph.input('beta', [columns]);
  const x = graph.constant(wave(rows * columns, columns), [rows, columns]);
  const y = graph.constant(Float64Array.from({ length: rows }, (_, i) => i % 2));
  const { wasm, baseline } = await compileDensity(kernels[kernel](y, matmul(x, beta)), [beta]);
  // Linear predictors stay below 3, whatever the number of columns.
  const at = wave(columns, 0.3).map((value) => (value * 3) / columns);
  const found = wasm(at);
  const expected = baseline(at);
  const where = `${rows} rows, ${columns} columns`;
  expect(Math.abs(found.value - expected.value), where).toBeLessThan(
    1e-12 * (rows + Math.abs(expected.value)),
  );
  for (let j = 0; j < columns; j++) {
    expect(Math.abs(found.gradient[j] - expected.gradient[j]), where).toBeLessThan(1e-12 * rows);
  }
}

describe.each(Object.keys(kernels))('%s', (kernel) => {
  it('agrees with the baseline for few rows and columns', async () => {
    for (let rows = 1; rows <= 21; rows++) {
      for (const columns of [1, 2, 3, 5, 8, 9, 10, 11, 13, 18]) await requireAgreement(kernel, rows, columns);
    }
  });

  it('agrees with the baseline for many rows, in blocks and beyond one product of factors', async () => {
    for (const rows of [511, 513, 1200, 4999, 5001]) await requireAgreement(kernel, rows, 3);
  });
});

it('gives logits far out their exact densities and slopes', async () => {
  const logits = [0, -0, 40, -40, 709, -709, 1e4, -1e4];
  const outcomes = [0, 1];
  for (const outcome of outcomes) {
    const graph = new Graph();
    const eta = graph.input('eta', [logits.length]);
    const y = graph.constant(new Float64Array(logits.length).fill(outcome));
    const { wasm } = await compileDensity(bernoulliLogitKernel(y, eta), [eta]);
    const { value, gradient } = wasm(logits);
    const density = (h: number): number =>
      (outcome - (h > 0 ? 1 : 0)) * h - Math.log1p(Math.exp(-Math.abs(h)));
    const expected = logits.reduce((sum, h) => sum + density(h), 0);
    expect(Math.abs(value - expected)).toBeLessThan(1e-13 * Math.abs(expected));
    logits.forEach((h, i) => {
      const e = Math.exp(-Math.abs(h));
      expect(Math.abs(gradient[i] - (outcome - (h >= 0 ? 1 : e) / (1 + e)))).toBeLessThan(1e-15);
    });
    expect(wasm(logits.with(3, NaN)).value).toBeNaN();
  }
});

/** Log densities, distribution functions and their gradients are the same in both interpreters. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as distributions from '../../src/distributions';
import type { Distribution } from '../../src/distributions';
import { gradient, Graph, withGraph, type Expression, type Operand } from '../../src/expr';
import { evaluate } from '../compile/evaluate';

type Constructor = (...parameters: Operand[]) => Distribution;
const constructors = distributions as unknown as Record<string, Constructor>;
const read = (name: string): Record<string, unknown[][]> =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Record<string, unknown[][]>;

/** Outputs at every row and their gradient agree, relative to their size, or to that of the logarithms inside. */
async function compare(
  rows: unknown[][],
  results: number,
  build: (...inputs: Expression[]) => Expression,
): Promise<void> {
  const columns = rows[0].slice(0, -results).map((_, k) => rows.map((row) => Number(row[k])));
  const graph = new Graph();
  const inputs = columns.map((column, k) => graph.input(`x${k}`, [column.length]));
  const outputs = withGraph(graph, () => {
    const value = build(...inputs);
    return [value, ...gradient(value.sum(), inputs)];
  });
  const { wasm, baseline } = await evaluate(outputs, inputs, columns.flat());
  baseline.forEach((expected, i) => {
    const row = rows[i % rows.length];
    const place = `output ${Math.floor(i / rows.length)} at ${row.join()}`;
    if (!Number.isFinite(expected)) expect(wasm[i], place).toBe(expected);
    else {
      const size = Math.max(...row.map((x) => (Number.isFinite(Number(x)) ? Math.abs(Number(x)) : 0)), 1);
      const allowed = 1e-12 * size * (1 + Math.log(size)) + 1e-9 * Math.abs(expected);
      expect(Math.abs(wasm[i] - expected), `${place}: ${wasm[i]}, ${expected}`).toBeLessThanOrEqual(allowed);
    }
  });
}

describe('log densities', () => {
  test.each(Object.entries(read('./densities.json')))('%s', (name, rows) =>
    compare(rows, 1, (x, ...given) => constructors[name](...given).logDensity(x)),
  );
});

describe('distribution functions', () => {
  test.each(Object.entries(read('./cumulative.json')))('%s', (name, rows) =>
    compare(rows, 2, (x, ...given) => constructors[name](...given).logCdf(x)),
  );
});

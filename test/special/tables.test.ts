/**
 * Values, first and second derivatives of special functions, in both backends, against tables of fifty
 * digits.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as functions from '../../src/expr';
import { Graph, gradient, withGraph, type Expression } from '../../src/expr';
import { evaluate } from '../compile/evaluate';

interface Column {
  readonly y: readonly (number | null)[];
  readonly unit: readonly (number | null)[];
}
type Table = { readonly arguments: readonly (readonly number[])[] } & Readonly<Record<string, Column>>;

const tables = JSON.parse(readFileSync(new URL('./tables.json', import.meta.url), 'utf8')) as Record<
  string,
  Table
>;
const named = functions as unknown as Record<string, (...x: Expression[]) => Expression>;

/** Errors allowed in the WebAssembly kernels, in units of the tables. */
const bounds: Record<string, number> = {
  gammaP: 2.5e-15,
  gammaQ: 2.5e-15,
  logGammaP: 2.5e-15,
  logGammaQ: 2.5e-15,
  logBesselI0: 2e-14,
};
/** Where nothing else is said. */
const BOUND = 1e-15;
/** What derivatives may err by, as a multiple of that: they are composed of several functions. */
const DERIVATIVES = 4;
const BASELINE = 2e-13;

/** Whose derivatives are differences that vanish at 0, exact to 1e-16 and not to their own size. */
const absolute = new Set(['sinh', 'cosh', 'asin', 'acos', 'atanh']);

/** Whose second derivatives are differences too, of products of the first ones. */
const logarithms = new Set(['logGammaP', 'logGammaQ', 'logIncBeta']);

/** What an error is measured by. */
function scale(name: string, table: Table, order: string, i: number): number {
  const unit = table[order].unit[i]!;
  if (absolute.has(name)) return Math.max(unit, 1);
  if (!logarithms.has(name) || order.length < 2) return unit;
  return unit + Math.abs([...order].reduce((product, k) => product * (table[k].y[i] ?? Infinity), 1));
}

/** The largest error over its scale. */
function worst(
  name: string,
  table: Table,
  order: string,
  found: Float64Array,
): { error: number; where: string } {
  let result = { error: -1, where: '' };
  table[order].y.forEach((expected, i) => {
    if (expected === null) return;
    const error = found[i] === expected ? 0 : Math.abs(found[i] - expected) / scale(name, table, order, i);
    if (!(error <= result.error)) {
      const at = table.arguments.map((list) => list[i]).join(', ');
      result = {
        error: Number.isNaN(error) ? Infinity : error,
        where: `(${at}): expected ${expected}, found ${found[i]}`,
      };
    }
  });
  return result;
}

describe.each(Object.entries(tables))('%s', (name, table) => {
  const orders = Object.keys(table).filter((key) => key !== 'arguments');
  test.each(orders)('derivative "%s"', async (order) => {
    const graph = new Graph();
    const inputs = table.arguments.map((list, k) => graph.input(`x${k}`, [list.length]));
    const value = withGraph(graph, () =>
      // Elementwise, so the derivative of the sum holds that of every element.
      [...order].reduce((y, k) => gradient(y.sum(), [inputs[Number(k)]])[0], named[name](...inputs)),
    );
    const { wasm, baseline } = await evaluate([value], inputs, table.arguments.flat());
    const slack = order === '' ? 1 : DERIVATIVES;
    const bound = (bounds[name] ?? BOUND) * slack;
    const [fast, plain] = [wasm, baseline].map((found) => worst(name, table, order, found));
    if (!(fast.error <= bound))
      expect.fail(`${name}${fast.where}: error ${fast.error} units, allowed ${bound}`);
    if (!(plain.error <= BASELINE * slack))
      expect.fail(`baseline ${name}${plain.where}: error ${plain.error} units`);
  });

  test('does not depend on the neighbour in a vector, to the bit', async () => {
    const graph = new Graph();
    const count = table.arguments[0].length;
    const inputs = table.arguments.map((list, k) => graph.input(`x${k}`, [list.length]));
    const rotated = table.arguments.map((list) => [...list.slice(7), ...list.slice(0, 7)]);
    const value = withGraph(graph, () => named[name](...inputs));
    const { wasm: here } = await evaluate([value], inputs, table.arguments.flat());
    const { wasm: there } = await evaluate([value], inputs, rotated.flat());
    expect([...there]).toEqual([...here.subarray(7), ...here.subarray(0, 7)]);
    expect(here).toHaveLength(count);
  });
});

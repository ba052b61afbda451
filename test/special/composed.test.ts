/** Composed functions of whole arrays against plain arithmetic, with their gradients. */
import { expect, test } from 'vitest';
import * as x from '../../src/expr';
import { Graph, withGraph, type Expression } from '../../src/expr';
import { compileDensity, differences, evaluate } from '../compile/evaluate';

const values = [0.3, -1.2, 2.5, 0.9, -0.4, 1.1];

async function both(build: (a: Expression) => Expression): Promise<number[]> {
  const graph = new Graph();
  const a = graph.input('a', [2, 3]);
  const { wasm, baseline } = await evaluate([withGraph(graph, () => build(a))], [a], values);
  wasm.forEach((value, i) => expect(value).toBeCloseTo(baseline[i], 13));
  return [...wasm];
}

async function checkGradient(build: (a: Expression) => Expression): Promise<void> {
  const graph = new Graph();
  const a = graph.input('a', [2, 3]);
  // Weights of their own, so that a gradient in the wrong place shows.
  const value = withGraph(graph, () => {
    const array = build(a);
    return x.sum(
      x.mul(
        array,
        graph.constant(
          Array.from({ length: array.size }, (_, i) => i + 1),
          array.shape,
        ),
      ),
    );
  });
  const density = await compileDensity(value, [a]);
  const numeric = differences((t) => density.baseline(t).value, values);
  density.wasm(values).gradient.forEach((slope, i) => expect(slope).toBeCloseTo(numeric[i], 8));
}

const sumOf = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const softmax = (list: readonly number[]): number[] => {
  const e = list.map(Math.exp);
  return e.map((v) => v / sumOf(e));
};
const variance = (list: readonly number[]): number => {
  const mean = sumOf(list) / list.length;
  return sumOf(list.map((v) => (v - mean) ** 2)) / (list.length - 1);
};
const rows = [values.slice(0, 3), values.slice(3)];
const columns = [0, 1, 2].map((k) => [values[k], values[k + 3]]);

test('softmax and its logarithm, along either axis', async () => {
  const byRow = rows.flatMap(softmax);
  const byColumn = columns.map(softmax);
  const expectClose = (found: number[], expected: number[]): void =>
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 13));
  expectClose(await both((a) => x.softmax(a)), byRow);
  expectClose(await both((a) => x.logSoftmax(a)), byRow.map(Math.log));
  expectClose(
    await both((a) => x.softmax(a, 0)),
    [0, 1].flatMap((r) => byColumn.map((column) => column[r])),
  );
  await checkGradient((a) => x.softmax(a));
  await checkGradient((a) => x.logSoftmax(a, 0));
});

test('logSoftmax stays finite where eˣ does not', async () => {
  const graph = new Graph();
  const a = graph.input('a', [3]);
  const { wasm } = await evaluate([withGraph(graph, () => x.logSoftmax(a))], [a], [1000, 0, -1000]);
  expect([...wasm]).toEqual([0, -1000, -2000]);
});

test('variance and standard deviation, of everything and along either axis', async () => {
  expect((await both((a) => x.variance(a)))[0]).toBeCloseTo(variance(values), 13);
  expect((await both((a) => x.standardDeviation(a)))[0]).toBeCloseTo(Math.sqrt(variance(values)), 13);
  (await both((a) => x.variance(a, 1))).forEach((v, i) => expect(v).toBeCloseTo(variance(rows[i]), 13));
  (await both((a) => x.standardDeviation(a, 0))).forEach((v, i) =>
    expect(v).toBeCloseTo(Math.sqrt(variance(columns[i])), 13),
  );
  await checkGradient((a) => x.variance(a, 1));
  await checkGradient((a) => x.standardDeviation(a, 0));
});

test('a variance needs two elements', () => {
  const graph = new Graph();
  const a = graph.input('a', [3, 1]);
  expect(() => x.variance(a, 1)).toThrow('variance: expected at least 2 elements, got 1');
});

test('squared distance', async () => {
  const other = [1, 2, 3];
  const expected = sumOf(rows.flatMap((row) => row.map((v, k) => (v - other[k]) ** 2)));
  expect((await both((a) => x.squaredDistance(a, other)))[0]).toBeCloseTo(expected, 12);
  await checkGradient((a) => x.squaredDistance(a, other));
});

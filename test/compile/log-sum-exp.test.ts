/** log Σ exp and its slopes agree with their formulas in both backends, at infinities too, and share an instruction. */
import { describe, expect, it } from 'vitest';
import { workOf } from '../../src/compile/work';
import {
  expand,
  gradient,
  Graph,
  logSumExp,
  mul,
  stack,
  sum,
  type Expression,
  type Shape,
} from '../../src/expr';
import { logSumExpRows } from '../../src/expr/operations/log-sum-exp-rows';
import { compileDensity, differences, evaluate } from './evaluate';

const wave = (length: number, phase = 0): number[] =>
  Array.from({ length }, (_, i) => 20 * Math.sin(1 + phase + 1.7 * i));

/** Plainly, of numbers that do not overflow. */
const plain = (x: number[]): { total: number; weights: number[] } => {
  const total = Math.log(x.reduce((s, value) => s + Math.exp(value), 0));
  return { total, weights: x.map((value) => Math.exp(value - total)) };
};

const shapes: [Shape, number][] = [
  [[1000, 4], 1],
  [[7, 3], 1],
  [[2, 1001], 1],
  [[5, 1000], 0],
  [[3, 7], 0],
  [[3, 4, 5], 1],
  [[2, 3, 4], 1],
  [[3, 3, 3], 2],
  [[5], 0],
  [[6], 0],
  [[2], 0],
  [[1001], 0],
];

describe('logSumExp', () => {
  it.each(shapes)('of shape %j along axis %i, with its slopes', async (shape, axis) => {
    const graph = new Graph();
    const size = shape.reduce((a, b) => a * b, 1);
    const x = graph.input('x', shape);
    const value = logSumExp(x, axis);
    const factors = wave(value.size, 0.3);
    const [slopes] = gradient(sum(mul(value, graph.constant(factors, value.shape))), [x]);
    const at = wave(size);
    const { wasm, baseline } = await evaluate([value, slopes], [x], at);
    const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    for (let k = 0; k < value.size; k++) {
      const first = Math.floor(k / inner) * inner * shape[axis] + (k % inner);
      const places = Array.from({ length: shape[axis] }, (_, l) => first + l * inner);
      const { total, weights } = plain(places.map((i) => at[i]));
      for (const found of [wasm, baseline]) {
        expect(Math.abs(found[k] - total)).toBeLessThan(1e-13 * (1 + Math.abs(total)));
        places.forEach((i, l) =>
          expect(Math.abs(found[value.size + i] - factors[k] * weights[l])).toBeLessThan(1e-12),
        );
      }
    }
  });

  it('takes one instruction with its slopes', () => {
    const graph = new Graph();
    const x = graph.input('x', [100, 3]);
    const value = sum(logSumExp(x, 1));
    expect(workOf([value, ...gradient(value, [x])]).instructions).toBe(2);
  });

  it('has the derivative of a softmax as its second', async () => {
    const graph = new Graph();
    const x = graph.input('x', [3, 2]);
    const weights = graph.constant(wave(6, 2), [3, 2]);
    const [slopes] = gradient(sum(mul(logSumExp(x, 0), graph.constant([1, -2]))), [x]);
    const { wasm } = await compileDensity(sum(mul(slopes, weights)), [x]);
    const at = wave(6).map((value) => value / 10);
    const numeric = differences((position) => wasm(position).value, at);
    wasm(at).gradient.forEach((found, i) => expect(Math.abs(found - numeric[i])).toBeLessThan(1e-8));
  });
});

/** Cases of three numbers, with log Σ exp and the slopes that are promised there. */
const infinite: [number[], number, number[]][] = [
  [[-Infinity, 0, -Infinity], 0, [0, 1, 0]],
  [[-Infinity, -Infinity, -Infinity], -Infinity, [1, 1, 1]],
  [[1, Infinity, -Infinity], Infinity, [0, 1, 0]],
  [[Infinity, Infinity, 2], Infinity, [1, 1, 0]],
  [[1, NaN, 2], NaN, [NaN, NaN, NaN]],
  [[NaN, 1, 2], NaN, [NaN, NaN, NaN]],
  [[-Infinity, NaN, -Infinity], NaN, [NaN, NaN, NaN]],
  [[-1000, -2000, -1000], -1000 + Math.LN2, [0.5, 0, 0.5]],
  [[1e300, 0, 1e300], 1e300, [0.5, 0, 0.5]],
];

describe.each(infinite)('of %j', (x, total, slopes) => {
  const plainly = expect.closeTo(total, 12) as number;
  const near = slopes.map((slope) => (Number.isNaN(slope) ? NaN : (expect.closeTo(slope, 12) as number)));
  const wanted = Number.isFinite(total) ? plainly : total;

  it.each([1, 2, 3])('in %i columns, rows, or alone', async (copies) => {
    const graph = new Graph();
    const a = graph.input('a', [3]);
    const columns = logSumExp(expand(a.reshape([3, 1]), [3, copies]).add(graph.filled(0, [3, copies])), 0);
    const rows = logSumExp(expand(a.reshape([1, 3]), [copies, 3]), 1);
    const outputs = [columns, rows, logSumExp(a)];
    const all = outputs.flatMap((value) => [value, ...gradient(sum(value).div(value.size), [a])]);
    const { wasm, baseline } = await evaluate(all, [a], x);
    const expected = outputs.flatMap(({ size }) => [...new Array<number>(size).fill(wanted), ...near]);
    expect([...wasm]).toEqual(expected);
    expect([...baseline]).toEqual(expected);
  });
});

describe('logSumExpRows', () => {
  const build = (n: number, arrays: number): { x: Expression; parts: Expression[] } => {
    const graph = new Graph();
    const x = graph.input('x', [arrays, n]);
    return { x, parts: Array.from({ length: arrays }, (_, k) => x.at(k)) };
  };

  it.each([
    [1, 3],
    [2, 2],
    [3, 2],
    [7, 5],
    [513, 2],
    [1000, 5],
    [2101, 3],
    [400, 40],
    [5, 1],
  ])('is the sum over %i rows of %i arrays', async (n, arrays) => {
    const { x, parts } = build(n, arrays);
    // Exponentials make it one of several instructions of a loop.
    const through = parts.map((part) => part.mul(0.5).exp());
    const fused = await compileDensity(logSumExpRows(through), [x]);
    const composed = await compileDensity(sum(logSumExp(stack(through), 0)), [x]);
    const at = wave(n * arrays).map((value) => value / 5);
    const expected = composed.baseline(at);
    for (const found of [fused.wasm(at), fused.baseline(at)]) {
      expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-13 * n * 5);
      found.gradient.forEach((slope, i) =>
        expect(Math.abs(slope - expected.gradient[i])).toBeLessThan(1e-13),
      );
    }
  });

  it.each(infinite)('of %j beside ordinary rows', async (row, total, slopes) => {
    const { x, parts } = build(4, 3);
    const { wasm, baseline } = await compileDensity(logSumExpRows(parts), [x]);
    const rows = [[0, 0, 0], row, [1, 2, 3], [0, 0, 0]];
    const at = [0, 1, 2].flatMap((k) => rows.map((values) => values[k]));
    const usual = plain([1, 2, 3]);
    const value = total + 2 * Math.log(3) + usual.total;
    for (const found of [wasm(at), baseline(at)]) {
      if (Number.isFinite(value)) expect(found.value).toBeCloseTo(value, 11);
      else expect(found.value).toBe(value);
      const columns = rows.map((_, i) => [0, 1, 2].map((k) => found.gradient[k * 4 + i]));
      [usual.weights, slopes].forEach((weights, which) =>
        weights.forEach((weight, k) => {
          const slope = columns[which === 0 ? 2 : 1][k];
          if (Number.isNaN(weight)) expect(slope).toBeNaN();
          else expect(slope).toBeCloseTo(weight, 13);
        }),
      );
      columns[3].forEach((slope) => expect(slope).toBeCloseTo(1 / 3, 15));
    }
  });

  it('leaves out the slopes of arrays that are known', async () => {
    const graph = new Graph();
    const x = graph.input('x', [3]);
    const known = graph.constant([1, -2, 0.5]);
    const { wasm, baseline } = await compileDensity(logSumExpRows([known, x]), [x]);
    const at = [0.3, 2, -1];
    const expected = at.map((value, i) => 1 / (1 + Math.exp([1, -2, 0.5][i] - value)));
    for (const { gradient: slopes } of [wasm(at), baseline(at)])
      expect([...slopes]).toEqual(expected.map((slope) => expect.closeTo(slope, 14) as number));
  });

  it('can be differentiated twice', async () => {
    const { x, parts } = build(3, 2);
    const weights = x.graph.constant(wave(6, 2), [2, 3]);
    const [slopes] = gradient(logSumExpRows(parts), [x]);
    const { wasm } = await compileDensity(sum(mul(slopes, weights)), [x]);
    const at = wave(6).map((value) => value / 10);
    const numeric = differences((position) => wasm(position).value, at);
    wasm(at).gradient.forEach((found, i) => expect(Math.abs(found - numeric[i])).toBeLessThan(1e-8));
  });
});

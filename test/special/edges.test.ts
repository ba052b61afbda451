/** Ends of domains, infinities, NaN, scalars among arrays, and derivatives that there are not. */
import { describe, expect, test } from 'vitest';
import * as x from '../../src/expr';
import { Graph, gradient, withGraph, type Expression } from '../../src/expr';
import { evaluate } from '../compile/evaluate';

const named = x as unknown as Record<string, (...inputs: Expression[]) => Expression>;
const tiny = Number.MIN_VALUE;
const max = Number.MAX_VALUE;

/** Values of a function at single points, in both backends: each point alone, so as scalars. */
async function at(name: string, points: readonly (readonly number[])[]): Promise<[number[], number[]]> {
  const graph = new Graph();
  const inputs = points.map((point, i) => point.map((_, k) => graph.input(`x${i}${k}`)));
  const outputs = withGraph(graph, () => inputs.map((point) => named[name](...point)));
  const { wasm, baseline } = await evaluate(outputs, inputs.flat(), points.flat());
  return [[...wasm], [...baseline]];
}

/** Arguments and results, exact or a rounding off. */
const edges: Record<string, readonly (readonly number[])[]> = {
  log1mExp: [
    [0, -Infinity],
    [-0, -Infinity],
    [-Infinity, 0],
    [-1e-300, Math.log(1e-300)],
    [1, NaN],
    [NaN, NaN],
  ],
  logAddExp: [
    [-Infinity, -Infinity, -Infinity],
    [-Infinity, 3, 3],
    [3, -Infinity, 3],
    [Infinity, 3, Infinity],
    [Infinity, Infinity, Infinity],
    [Infinity, -Infinity, Infinity],
    [0, 0, Math.LN2],
    [NaN, 1, NaN],
    [1, NaN, NaN],
    [max, max, max],
  ],
  logDiffExp: [
    [2, 2, -Infinity],
    [2, -Infinity, 2],
    [-Infinity, -Infinity, -Infinity],
    [1, 2, NaN],
  ],
  logMix: [
    [0, 5, 7, 7],
    [1, 5, 7, 5],
    [0.5, -Infinity, -Infinity, -Infinity],
    [0.25, 1000, 1000, 1000],
  ],
  lbeta: [
    [1, 1, 0],
    [0, 2, Infinity],
    [2, 0, Infinity],
    [-1, 2, NaN],
    [NaN, 2, NaN],
    [2, NaN, NaN],
    [1, 2, -Math.LN2],
  ],
  logRisingFactorial: [
    [5, 0, 0],
    [1, 3, Math.log(6)],
    [0, 1, NaN],
    [2, -3, NaN],
    [NaN, 1, NaN],
  ],
  lchoose: [
    [10, 0, 0],
    [10, 10, 0],
    [10, 11, -Infinity],
    [10, -1, -Infinity],
    [4, 2, Math.log(6)],
  ],
  xlogy: [
    [0, 0, 0],
    [0, 5, 0],
    [2, 0, -Infinity],
    [2, Math.E, 2],
  ],
  xlog1py: [
    [0, -1, 0],
    [2, -1, -Infinity],
  ],
  gammaP: [
    [2, 0, 0],
    [2, Infinity, 1],
    [Infinity, 2, 0],
    [0, 2, NaN],
    [-1, 2, NaN],
    [2, -1, NaN],
    [NaN, 1, NaN],
    [1, NaN, NaN],
    [1, 1, 1 - Math.exp(-1)],
    [1e300, 1, 0],
    [1, 1e300, 1],
  ],
  gammaQ: [
    [2, 0, 1],
    [2, Infinity, 0],
    [Infinity, 2, 1],
    [1, 700, Math.exp(-700)],
    [1e300, 1, 1],
  ],
  logGammaP: [
    [2, 0, -Infinity],
    [2, Infinity, 0],
    [1, tiny, Math.log(tiny)],
  ],
  logGammaQ: [
    [2, 0, 0],
    [1, 5000, -5000],
    [1, Infinity, -Infinity],
  ],
  gammaLogDensity: [
    [1, 0, 0],
    [2, 0, -Infinity],
    [0.5, 0, Infinity],
    [1, 3, -3],
    [2, Infinity, -Infinity],
  ],
  incBeta: [
    [2, 3, 0, 0],
    [2, 3, 1, 1],
    [1, 1, 0.25, 0.25],
    [2, 3, -0.1, NaN],
    [2, 3, 1.1, NaN],
    [0, 3, 0.5, NaN],
    [2, 3, NaN, NaN],
    [3, 3, 0.5, 0.5],
    [1, 1, tiny, tiny],
  ],
  logIncBeta: [
    [2, 3, 0, -Infinity],
    [2, 3, 1, 0],
    [1, 1, 0.5, -Math.LN2],
    [1, 1, 1e-300, Math.log(1e-300)],
  ],
  betaLogDensity: [
    [1, 1, 0, 0],
    [1, 1, 1, 0],
    [2, 1, 0, -Infinity],
  ],
  logBesselI0: [
    [0, 0],
    [Infinity, Infinity],
    [-Infinity, Infinity],
    [NaN, NaN],
    [1e308, 1e308],
  ],
  besselRatio: [
    [0, 0],
    [Infinity, 1],
    [-Infinity, -1],
    [NaN, NaN],
    [1e-300, 5e-301],
  ],
  normalQuantile: [
    [0, -Infinity],
    [1, Infinity],
    [0.5, 0],
    [-0.1, NaN],
    [1.1, NaN],
    [NaN, NaN],
    [tiny, -38.46740561714434],
  ],
  atan2: [
    [0, 1, 0],
    [-0, 1, -0],
    [0, -1, Math.PI],
    [-0, -1, -Math.PI],
    [0, 0, 0],
    [0, -0, Math.PI],
    [1, 0, Math.PI / 2],
    [-1, 0, -Math.PI / 2],
    [Infinity, Infinity, Math.PI / 4],
    [Infinity, -Infinity, 3 * (Math.PI / 4)],
    [-Infinity, 5, -Math.PI / 2],
    [5, -Infinity, Math.PI],
    [NaN, 1, NaN],
    [1, NaN, NaN],
  ],
  round: [
    [2.5, 3],
    [-2.5, -2],
    [2.4, 2],
  ],
  ceil: [
    [2.1, 3],
    [-2.1, -2],
  ],
};

describe.each(Object.entries(edges))('%s at its edges', (name, rows) => {
  test.each(rows.map((row) => [row.slice(0, -1).join(', '), row] as const))('(%s)', async (_, row) => {
    const expected = row[row.length - 1];
    const results = await at(name, [row.slice(0, -1)]);
    for (const [found, rounding] of [
      [results[0][0], 1e-15],
      [results[1][0], 2e-14],
    ]) {
      // 0 may be missed by a rounding of numbers about 1.
      const near =
        Math.abs(found - expected) <= rounding * Math.max(Math.abs(expected), expected === 0 ? 5 : 0);
      expect(near || Object.is(found, expected), `expected ${expected}, found ${found}`).toBe(true);
    }
  });
});

test('scalars stretch against arrays, and an odd element at the end is like the others', async () => {
  const graph = new Graph();
  const [a, b, p] = [graph.input('a'), graph.input('b', [3]), graph.input('p', [3])];
  const outputs = withGraph(graph, () => [
    x.gammaP(a, b),
    x.gammaP(b, a),
    x.incBeta(a, b, p),
    x.incBeta(b, a, 0.3),
    x.lbeta(b, a),
  ]);
  const [at0, at1, at2] = [2.5, [0.5, 9, 30], [0.1, 0.5, 0.999]];
  const { wasm } = await evaluate(outputs, [a, b, p], [at0, ...at1, ...at2]);
  const single = async (name: string, points: number[][]): Promise<number[]> => (await at(name, points))[0];
  const expected = [
    ...(await single(
      'gammaP',
      at1.map((v) => [at0, v]),
    )),
    ...(await single(
      'gammaP',
      at1.map((v) => [v, at0]),
    )),
    ...(await single(
      'incBeta',
      at1.map((v, i) => [at0, v, at2[i]]),
    )),
    ...(await single(
      'incBeta',
      at1.map((v) => [v, at0, 0.3]),
    )),
    ...(await single(
      'lbeta',
      at1.map((v) => [v, at0]),
    )),
  ];
  expect([...wasm]).toEqual(expected);
});

test.each(['gammaP', 'gammaQ', 'logGammaP', 'logGammaQ'])(
  '%s has no second derivative in its shape, and says so',
  (name) => {
    const graph = new Graph();
    const a = graph.input('a');
    const slope = withGraph(graph, () => gradient(named[name](a, graph.scalar(2)), [a])[0]);
    expect(() => gradient(slope, [a])).toThrow(new RegExp(` ${name} .*has no derivative in a shape`));
  },
);

test.each(['incBeta', 'logIncBeta'])('%s has no second derivative in its shapes, and says so', (name) => {
  const graph = new Graph();
  const a = graph.input('a');
  const slope = withGraph(graph, () => gradient(named[name](graph.scalar(2), a, graph.scalar(0.3)), [a])[0]);
  expect(() => gradient(slope, [a])).toThrow(new RegExp(` ${name} .*has no derivative in a shape`));
});

test('where terms are impossible, weights and slopes are 0, not NaN', async () => {
  const graph = new Graph();
  const [a, b] = [graph.input('a'), graph.input('b')];
  const slopes = withGraph(graph, () => [
    ...gradient(x.logAddExp(a, b), [a, b]),
    ...gradient(x.logAddExp(a, a.sub(1)), [a]),
    ...gradient(x.logDiffExp(b, a), [a, b]),
    ...gradient(x.xlogy(graph.scalar(0), b.sub(b)), [b]),
  ]);
  const { wasm, baseline } = await evaluate(slopes, [a, b], [-Infinity, 2]);
  for (const found of [wasm, baseline]) {
    expect([...found.subarray(0, 2)]).toEqual([0, 1]);
    expect([...found.subarray(3)].map(Math.abs)).toEqual([0, 1, 0]);
  }
});

test('where a tail underflows its slopes are 0', async () => {
  const graph = new Graph();
  const [a, p] = [graph.input('a'), graph.input('p')];
  const slopes = withGraph(graph, () => [
    ...gradient(x.logGammaQ(a, p), [a, p]),
    ...gradient(x.gammaP(a, p), [a, p]),
  ]);
  const { wasm, baseline } = await evaluate(slopes, [a, p], [1e25, 1e-288]);
  for (const found of [wasm, baseline]) expect([...found].map(Math.abs)).toEqual([0, 0, 0, 0]);
});

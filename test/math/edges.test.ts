/** Zeros, infinities, NaN, subnormal numbers and poles, in either lane and beside any neighbour. */
import { beforeAll, expect, test } from 'vitest';
import { Kernels } from './kernels-module';

let kernels: Kernels;
beforeAll(async () => {
  kernels = await Kernels.load();
});

const max = Number.MAX_VALUE;
const tiny = Number.MIN_VALUE;

/** Arguments and the exact results there. */
const edges: Record<string, readonly (readonly [number, number])[]> = {
  exp: [
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [tiny, 1],
    [max, Infinity],
    [-max, 0],
    [709.782712893385, Infinity],
    [-745.1332191019412, 0],
    [-745.1332191019411, tiny],
  ],
  expm1: [
    [0, 0],
    [-0, -0],
    [Infinity, Infinity],
    [-Infinity, -1],
    [tiny, tiny],
    [-tiny, -tiny],
    [max, Infinity],
    [-max, -1],
  ],
  log: [
    [0, -Infinity],
    [-0, -Infinity],
    [1, 0],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [-1, NaN],
    [-tiny, NaN],
    [tiny, -744.4400719213812],
    [max, 709.782712893384],
  ],
  log1p: [
    [0, 0],
    [-0, -0],
    [-1, -Infinity],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [-1.0000000000000002, NaN],
    [tiny, tiny],
    [-tiny, -tiny],
    [max, 709.782712893384],
  ],
  log1pOfUnit: [
    [0, 0],
    [tiny, tiny],
    [1, Math.LN2],
  ],
  tanh: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [max, 1],
    [-max, -1],
    [tiny, tiny],
    [-tiny, -tiny],
  ],
  sigmoid: [
    [0, 0.5],
    [-0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [max, 1],
    [-max, 0],
    [-745.1332191019411, tiny],
  ],
  softplus: [
    [0, Math.LN2],
    [Infinity, Infinity],
    [-Infinity, 0],
    [max, max],
    [-max, 0],
    [-745.1332191019411, tiny],
  ],
  sin: [
    [0, 0],
    [-0, -0],
    [Infinity, NaN],
    [-Infinity, NaN],
    [tiny, tiny],
    [-tiny, -tiny],
  ],
  cos: [
    [0, 1],
    [-0, 1],
    [Infinity, NaN],
    [-Infinity, NaN],
    [tiny, 1],
  ],
  lgamma: [
    [1, 0],
    [2, 0],
    [0, Infinity],
    [-0, Infinity],
    [-1, Infinity],
    [-170, Infinity],
    [-1e17, Infinity],
    [-max, Infinity],
    [Infinity, Infinity],
    [-Infinity, Infinity],
    [max, Infinity],
    [tiny, 744.4400719213812],
    [-tiny, 744.4400719213812],
  ],
  digamma: [
    [0, -Infinity],
    [-0, Infinity],
    [-1, NaN],
    [-170, NaN],
    [Infinity, Infinity],
    [-Infinity, NaN],
    [tiny, -Infinity],
    [-tiny, Infinity],
    [max, 709.782712893384],
  ],
  trigamma: [
    [0, Infinity],
    [-0, Infinity],
    [-1, Infinity],
    [-170, Infinity],
    [Infinity, 0],
    [-Infinity, NaN],
    [tiny, Infinity],
    [-tiny, Infinity],
  ],
  erf: [
    [0, 0],
    [-0, -0],
    [Infinity, 1],
    [-Infinity, -1],
    [max, 1],
    [-max, -1],
    [tiny, tiny],
  ],
  erfc: [
    [0, 1],
    [-0, 1],
    [Infinity, 0],
    [-Infinity, 2],
    [max, 0],
    [-max, 2],
  ],
  normalCdf: [
    [0, 0.5],
    [-0, 0.5],
    [Infinity, 1],
    [-Infinity, 0],
    [max, 1],
    [-max, 0],
  ],
  normalLogCdf: [
    [0, -Math.LN2],
    [Infinity, 0],
    [-Infinity, -Infinity],
    [max, 0],
    [-max, -Infinity],
  ],
  normalLogCdfDerivative: [
    [Infinity, 0],
    [-Infinity, Infinity],
    [max, 0],
    [-1e300, 1e300],
  ],
};

/** Equal to the bit at small integers, ∞ and subnormal values; a rounding apart elsewhere. */
function agree(found: number, expected: number): boolean {
  if (Object.is(found, expected)) return true;
  return (
    Number.isFinite(expected) && !Number.isSafeInteger(expected) && Math.abs(found / expected - 1) < 3e-16
  );
}

test.each(Object.keys(edges))('%s at its edges', (name) => {
  for (const [x, expected] of [...edges[name], [NaN, NaN] as const]) {
    for (const neighbour of [0.25, NaN, Infinity, -3.5, 800, 1e300, tiny]) {
      for (const found of kernels.besides(name, x, neighbour)) {
        if (!agree(found, expected)) {
          expect.fail(`${name}(${x}) beside ${neighbour}: expected ${expected}, found ${found}`);
        }
      }
    }
  }
});

test('a lane does not depend on its neighbour, to the bit', () => {
  const values = [-800, -37.5, -6.25, -1.75, -0.3, 1e-5, 0.4, 0.9, 3.3, 6.7, 700, 1e7];
  for (const name of Object.keys(edges)) {
    if (name === 'log1pOfUnit') continue;
    for (const x of values) {
      const [alone] = kernels.besides(name, x, x);
      for (const neighbour of [...values, NaN, Infinity, -Infinity, 0, tiny]) {
        expect(kernels.besides(name, x, neighbour), `${name}(${x}) beside ${neighbour}`).toEqual([
          alone,
          alone,
        ]);
      }
    }
  }
});

test('pow at its edges: as Math.pow, but 1^∞ = 1 as in IEEE 754', () => {
  const values = [
    0,
    -0,
    1,
    -1,
    2,
    -2,
    3,
    0.5,
    -0.5,
    1.5,
    -2.5,
    Infinity,
    -Infinity,
    NaN,
    tiny,
    -tiny,
    1e-310,
    1e308,
  ];
  values.push(-1e308, 2 ** 53, 2 ** 53 + 2, 1e300, 1e-300, 1023, -1074, -1075, 1024);
  const x = values.flatMap((a) => values.map(() => a));
  const y = values.flatMap(() => values);
  kernels.pow(x, y).forEach((found, i) => {
    const unity = x[i] === 1 || (Math.abs(x[i]) === 1 && Math.abs(y[i]) === Infinity);
    const expected = unity ? 1 : x[i] ** y[i];
    const close = Math.abs(found - expected) <= Math.max(3e-16 * Math.abs(expected), tiny) && expected !== 0;
    if (!Object.is(found, expected) && !close) {
      expect.fail(`${x[i]}^${y[i]}: expected ${expected}, found ${found}`);
    }
  });
});

/** General systems, symmetric eigenvalues, forms, batched products, running sums: values and derivatives. */
import { describe, expect, it } from 'vitest';
import * as x from '../../src/expr';
import { Graph, type Expression } from '../../src/expr';
import { compileDensity, evaluate } from '../compile/evaluate';
import { checkDerivatives, distance, numbers } from './check';

const SIZES = [1, 2, 3, 4, 5, 8, 9];

/** A symmetric matrix made of what is above the diagonal of another. */
const symmetric = (m: Expression): Expression => m.add(x.transpose(m));

describe('general systems', () => {
  it.each([...SIZES, 40])('of %i equations are solved, with rows exchanged', async (n) => {
    for (const width of [undefined, 1, 3]) {
      const graph = new Graph();
      const a = graph.input('a', [n, n]);
      const b = graph.input('b', width === undefined ? [n] : [n, width]);
      const solution = x.solve(a, b);
      const at = numbers(n * n + b.size, n + 3);
      const { wasm, baseline } = await evaluate([x.matmul(a, solution), x.inverse(a), solution], [a, b], at);
      expect(distance(wasm, baseline)).toBeLessThan(1e-10);
      expect(distance(wasm.subarray(0, b.size), at.subarray(n * n))).toBeLessThan(1e-11);
    }
  });

  it.each(SIZES)('of %i equations have derivatives', async (n) => {
    const regular = (a: Expression): Expression => x.addDiagonal(a, 2);
    await checkDerivatives([[n, n], [n]], ([a, b]) => x.solve(regular(a), b), { backends: 1e-11 }, n);
    await checkDerivatives(
      [
        [n, n],
        [n, 2],
      ],
      ([a, b]) => x.solve(x.transpose(regular(a)), b),
      { backends: 1e-11 },
      n,
    );
    await checkDerivatives([[n, n]], ([a]) => x.inverse(regular(a)), { backends: 1e-11 }, n);
    await checkDerivatives([[n, n]], ([a]) => x.logDeterminant(regular(a)), { backends: 1e-11 }, n);
  });

  it('need pivots: a zero first one is no obstacle, and a negative determinant has a logarithm of its size', async () => {
    const graph = new Graph();
    const a = graph.input('a', [3, 3]);
    const { wasm } = await evaluate([x.logDeterminant(a), x.inverse(a)], [a], [0, 2, 0, 4, 0, 0, 0, 0, -0.5]);
    expect(wasm[0]).toBeCloseTo(Math.log(4), 15);
    expect(distance(wasm.subarray(1), [0, 0.25, 0, 0.5, 0, 0, 0, 0, -2])).toBe(0);
  });

  it('are not finite where the matrix is singular', async () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 2]);
    const both = await compileDensity(x.logDeterminant(a), [a]);
    expect(both.wasm([1, 2, 2, 4]).value).toBe(-Infinity);
    expect(both.baseline([1, 2, 2, 4]).value).toBe(-Infinity);
    const { wasm } = await evaluate([x.solve(a, [1, 0])], [a], [1, 2, 2, 4]);
    expect(wasm.some((value) => Number.isFinite(value))).toBe(false);
  });
});

describe('symmetric eigenvalues', () => {
  it.each([...SIZES, 30])('of %i rows put the matrix together again', async (n) => {
    const graph = new Graph();
    const m = graph.input('m', [n, n]);
    const a = symmetric(m);
    const vectors = x.eigenvectorsSymmetric(a);
    const values = x.eigenvaluesSymmetric(a);
    const again = x.matmul(vectors.mul(values), x.transpose(vectors));
    const products = x.matmul(x.transpose(vectors), vectors);
    const { wasm, baseline } = await evaluate([again, a, products, values, vectors], [m], numbers(n * n, n));
    const part = (k: number): Float64Array => wasm.subarray(k * n * n, (k + 1) * n * n);
    expect(distance(part(0), part(1))).toBeLessThan(1e-14);
    expect(
      distance(
        part(2),
        Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0)),
      ),
    ).toBeLessThan(1e-14);
    const ascending = wasm.subarray(3 * n * n, 3 * n * n + n);
    expect([...ascending]).toEqual([...ascending].sort((p, q) => p - q));
    expect(distance(wasm, baseline)).toBeLessThan(1e-11);
  });

  it.each([1, 2, 3, 5])('of %i rows have derivatives, and so do the vectors', async (n) => {
    const spread = (m: Expression): Expression =>
      x.addDiagonal(
        symmetric(m).mul(0.3),
        Float64Array.from({ length: n }, (_, i) => 2 * i),
      );
    const tolerances = { backends: 1e-11 };
    await checkDerivatives([[n, n]], ([m]) => x.eigenvaluesSymmetric(spread(m)), tolerances, n);
    await checkDerivatives([[n, n]], ([m]) => x.eigenvectorsSymmetric(spread(m)), tolerances, n);
  });

  it('read the upper triangle only', async () => {
    await checkDerivatives([[4, 4]], ([m]) => x.eigenvaluesSymmetric(x.addDiagonal(m, [1, 4, 8, 13])), {
      backends: 1e-11,
    });
  });

  it('have a gradient where they repeat, as far as it is one of all of them', async () => {
    const graph = new Graph();
    const a = graph.input('a', [3, 3]);
    const determinant = await compileDensity(x.sum(x.log(x.eigenvaluesSymmetric(a))), [a]);
    const { value, gradient } = determinant.wasm([2, 0, 0, 0, 2, 0, 0, 0, 2]);
    expect(value).toBeCloseTo(3 * Math.log(2), 14);
    expect(distance(gradient, [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5])).toBeLessThan(1e-15);
  });

  it('are NaN where an element is not finite', async () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 2]);
    const { wasm, baseline } = await evaluate([x.eigenvaluesSymmetric(a)], [a], [1, NaN, 0, 1]);
    expect([...wasm, ...baseline]).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('forms', () => {
  it('have derivatives', async () => {
    await checkDerivatives([[4, 4], [4]], ([a, v]) => x.quadraticForm(a, v));
    await checkDerivatives(
      [
        [2, 3],
        [3, 2],
      ],
      ([a, b]) => x.kronecker(a, x.sin(b)),
    );
  });

  it('are what they are called', async () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 2]);
    const { wasm } = await evaluate(
      [
        x.quadraticForm(a, [1, 10]),
        x.kronecker(a, [
          [0, 1],
          [1, 2],
        ]),
      ],
      [a],
      [1, 2, 3, 4],
    );
    expect([...wasm]).toEqual([451, 0, 1, 0, 2, 1, 2, 2, 4, 0, 3, 0, 4, 3, 6, 4, 8]);
    expect(() => x.quadraticForm(a, [1, 2, 3])).toThrow(
      'quadraticForm: expected a vector of shape [2], got [3]',
    );
  });
});

describe('batched products', () => {
  const cases: { left: number[]; right: number[] }[] = [
    { left: [3, 4, 5], right: [3, 5, 2] },
    { left: [2, 1, 3], right: [2, 3, 1] },
    { left: [3, 4, 5], right: [5, 6] },
    { left: [2, 3, 4], right: [4] },
    { left: [4, 5], right: [3, 5, 4] },
    { left: [1, 1, 1], right: [1, 1, 1] },
  ];

  it.each(cases)('of $left and $right have derivatives', async ({ left, right }) => {
    await checkDerivatives([left, right], ([a, b]) => x.matmul(a, x.sin(b)));
  });

  it.each(cases)('of $left and $right are the products of their parts', async ({ left, right }) => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', left), graph.input('b', right)];
    const batch = left.length === 3 ? left[0] : right[0];
    const parts = Array.from({ length: batch }, (_, i) =>
      x.matmul(left.length === 3 ? a.at(i) : a, right.length === 3 ? b.at(i) : b),
    );
    const product = x.matmul(a, b);
    expect(product.shape).toEqual(x.stack(parts).shape);
    const { wasm } = await evaluate([product, x.stack(parts)], [a, b], numbers(a.size + b.size, 4));
    expect(distance(wasm.subarray(0, product.size), wasm.subarray(product.size))).toBeLessThan(1e-15);
  });

  it('are refused where shapes do not fit', () => {
    const graph = new Graph();
    const a = graph.input('a', [3, 4, 5]);
    expect(() => x.matmul(a, graph.input('b', [2, 5, 2]))).toThrow('got [3, 4, 5] and [2, 5, 2]');
    expect(() => x.matmul(a, graph.input('c', [3, 4, 2]))).toThrow('got [3, 4, 5] and [3, 4, 2]');
  });
});

describe('running sums and products', () => {
  const shapes = [[1], [7], [4, 5], [5, 1], [2, 3, 4]];

  it.each(shapes.flatMap((shape) => shape.map((_, axis) => ({ shape, axis }))))(
    'of $shape along $axis have derivatives',
    async ({ shape, axis }) => {
      await checkDerivatives([shape], ([v]) => x.cumulativeSum(x.sin(v), axis));
      await checkDerivatives([shape], ([v]) => x.cumulativeProduct(v.add(1.5), axis));
    },
  );

  it('are exact, and zeros are no exception to derivatives of products', async () => {
    const graph = new Graph();
    const v = graph.input('v', [2, 3]);
    const outputs = [
      x.cumulativeSum(v),
      x.cumulativeSum(v, -1),
      x.cumulativeProduct(v),
      x.cumulativeProduct(v, 1),
    ];
    const { wasm } = await evaluate(outputs, [v], [1, 2, 3, 4, 5, 6]);
    expect([...wasm]).toEqual([1, 2, 3, 5, 7, 9, 1, 3, 6, 4, 9, 15, 1, 2, 3, 4, 10, 18, 1, 2, 6, 4, 20, 120]);
    const w = graph.input('w', [3]);
    const product = await compileDensity(x.cumulativeProduct(w).at(2), [w]);
    expect([...product.wasm([2, 0, 3]).gradient]).toEqual([0, 6, 0]);
  });

  it('are refused an axis that is not there', () => {
    expect(() => x.cumulativeSum(new Graph().input('v', [3]), 1)).toThrow(
      'cumulativeSum: axis 1 is not one of a [3] array',
    );
  });
});

describe('sorted', () => {
  it('orders data, and data only', async () => {
    const graph = new Graph();
    const { wasm } = await evaluate([x.sorted(graph.constant([3, -1, 10, 2]))]);
    expect([...wasm]).toEqual([-1, 2, 3, 10]);
    expect(() => x.sorted(graph.input('v', [3]))).toThrow(
      'sorted: expected a vector of data, got a computed v[3]',
    );
  });
});

/** Cholesky factors, triangular and positive definite systems: values, derivatives, failures. */
import { describe, expect, it } from 'vitest';
import * as x from '../../src/expr';
import { Graph } from '../../src/expr';
import { compileDensity, evaluate } from '../compile/evaluate';
import { checkDerivatives, distance, numbers, positiveDefinite } from './check';

const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 13];

describe('cholesky', () => {
  it.each([...SIZES, 37, 100])('gives a lower factor of a matrix of %i rows', async (n) => {
    const graph = new Graph();
    const m = graph.input('m', [n, n]);
    const a = positiveDefinite(m);
    const l = x.cholesky(a);
    const { wasm, baseline } = await evaluate([a, l, x.matmul(l, x.transpose(l))], [m], numbers(n * n, n));
    const [matrix, factor, product] = [0, 1, 2].map((k) => wasm.subarray(k * n * n, (k + 1) * n * n));
    expect(distance(wasm, baseline)).toBeLessThan(1e-13);
    expect(distance(product, matrix)).toBeLessThan(1e-14);
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(factor[i * n + j]).toBe(0);
  });

  it.each(SIZES)('has first and second derivatives for %i rows', async (n) => {
    await checkDerivatives([[n, n]], ([m]) => x.cholesky(positiveDefinite(m)), {}, n);
  });

  it('has the derivatives of what it reads, the upper triangle', async () => {
    await checkDerivatives([[6, 6]], ([m]) => x.cholesky(x.addDiagonal(m.mul(0.3), 3)));
  });

  it('is NaN, not a trap, where the matrix is not positive definite', async () => {
    const graph = new Graph();
    const a = graph.input('a', [5, 5]);
    const density = await compileDensity(x.logDeterminantSpd(a), [a]);
    const identity = Float64Array.from({ length: 25 }, (_, i) => Number(i % 6 === 0));
    expect(density.wasm(identity).value).toBe(0);
    for (const [position, value] of [
      [12, -1],
      [12, 0],
      [24, Infinity],
      [0, NaN],
      [1, 1],
    ]) {
      const spoilt = identity.slice();
      spoilt[position] = value;
      expect(density.wasm(spoilt).value).toBeNaN();
      expect(density.baseline(spoilt).value).toBeNaN();
    }
  });

  it('names the operation and the shapes where they do not fit', () => {
    const graph = new Graph();
    const a = graph.input('a', [3, 4]);
    const s = graph.input('s', [3, 3]);
    const b = graph.input('b', [4]);
    expect(() => x.cholesky(a)).toThrow('cholesky: expected a square matrix, got [3, 4]');
    expect(() => x.triangularSolve(s, b)).toThrow(
      'triangularSolve: expected a right-hand side of shape [3] or [3, columns], got [4]',
    );
    expect(() => x.solveSpd(s, b)).toThrow('solveSpd: expected a right-hand side');
    expect(() => x.addDiagonal(s, b)).toThrow(
      'addDiagonal: expected a scalar or a vector of shape [3], got [4]',
    );
    expect(() => x.diagonalMatrix(s)).toThrow('diagonalMatrix: expected a vector, got [3, 3]');
    expect(() => x.trace(a)).toThrow('trace: expected a square matrix, got [3, 4]');
  });
});

const MODES = [
  { upper: false, transpose: false },
  { upper: false, transpose: true },
  { upper: true, transpose: false },
  { upper: true, transpose: true },
];

describe.each(MODES)('triangularSolve %o', (options) => {
  it.each([1, 2, 4, 5, 11, 30])('solves systems of %i equations, reading one triangle', async (n) => {
    for (const width of [undefined, 1, 2, 3, 7, 8]) {
      const graph = new Graph();
      const t = graph.input('t', [n, n]);
      const b = graph.input('b', width === undefined ? [n] : [n, width]);
      const strong = x.addDiagonal(t, 4);
      const solution = x.triangularSolve(strong, b, options);
      const triangle = options.upper ? x.upperTriangle(strong) : x.lowerTriangle(strong);
      const back = x.matmul(options.transpose ? x.transpose(triangle) : triangle, solution);
      const { wasm, baseline } = await evaluate([solution, back], [t, b], numbers(n * n + b.size, n));
      expect(distance(wasm, baseline)).toBeLessThan(1e-13);
      expect(distance(wasm.subarray(b.size), numbers(n * n + b.size, n).subarray(n * n))).toBeLessThan(1e-13);
    }
  });

  it.each([[[5]], [[5, 3]], [[1]], [[1, 2]], [[9, 4]]])(
    'has first and second derivatives for a right-hand side %j',
    async (shape) => {
      await checkDerivatives([[shape[0], shape[0]], shape], ([t, b]) =>
        x.triangularSolve(x.addDiagonal(t, 3), b, options),
      );
    },
  );
});

describe('positive definite systems', () => {
  it.each([1, 2, 5, 8])('have solutions and determinants with derivatives for %i rows', async (n) => {
    await checkDerivatives([[n, n], [n]], ([m, b]) => x.solveSpd(positiveDefinite(m), b), {}, n);
    await checkDerivatives(
      [
        [n, n],
        [n, 3],
      ],
      ([m, b]) => x.solveSpd(positiveDefinite(m), b),
      {},
      n,
    );
    await checkDerivatives([[n, n]], ([m]) => x.logDeterminantSpd(positiveDefinite(m)), {}, n);
  });
});

describe('diagonals and triangles', () => {
  it('have derivatives', async () => {
    await checkDerivatives([[4, 4], [4]], ([a, v]) => x.addDiagonal(x.square(a), x.exp(v)));
    await checkDerivatives([[4, 4], []], ([a, v]) => x.addDiagonal(x.square(a), x.exp(v)));
    await checkDerivatives([[3]], ([v]) => x.diagonalMatrix(x.sin(v)));
    await checkDerivatives([[4, 3]], ([a]) => x.diagonal(x.sin(a)));
    await checkDerivatives([[3, 4]], ([a]) => x.diagonal(x.transpose(x.sin(a))));
    await checkDerivatives([[4, 4]], ([a]) => x.trace(x.sin(a)));
    await checkDerivatives([[3, 5]], ([a]) => x.lowerTriangle(x.sin(a)));
    await checkDerivatives([[5, 3]], ([a]) => x.upperTriangle(x.sin(a)));
  });

  it('are exact', async () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 3]);
    const { wasm } = await evaluate(
      [x.lowerTriangle(a), x.upperTriangle(a), x.diagonal(a)],
      [a],
      [1, 2, 3, 4, 5, 6],
    );
    expect([...wasm]).toEqual([1, 0, 0, 4, 5, 0, 1, 2, 3, 0, 5, 6, 1, 5]);
  });
});

describe('symmetricMatrix', () => {
  it.each([1, 2, 3, 4, 7, 8])('of %i rows mirrors its triangle and has derivatives', async (n) => {
    const size = (n * (n + 1)) / 2;
    await checkDerivatives([[size]], ([t]) => x.symmetricMatrix(x.sin(t)), {}, n);
    const graph = new Graph();
    const t = graph.input('t', [size]);
    const matrix = x.symmetricMatrix(t);
    const triangle = numbers(size, n);
    const { wasm } = await evaluate([matrix, x.transpose(matrix)], [t], triangle);
    expect(distance(wasm.subarray(0, n * n), wasm.subarray(n * n))).toBe(0);
    expect([...wasm.subarray(0, n)]).toEqual([...triangle.subarray(0, n)]);
    expect(wasm[n * n - 1]).toBe(triangle[size - 1]);
  });

  it('is refused a vector of another length', () => {
    expect(() => x.symmetricMatrix(new Graph().input('t', [4]))).toThrow(
      'symmetricMatrix: expected a vector of n(n + 1)/2 elements, got [4]',
    );
  });
});

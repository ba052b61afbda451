/** Cholesky factor and triangular products on padded rows. */
import { expect, test } from 'vitest';
import { Harness } from './kernels-module';

const nothing = (): number => 0;

/** Row-major with padded rows. */
function padded(harness: Harness, rows: number[][]): number {
  const stride = harness.kernels.vectorBytes() / 8;
  return harness.put(rows.flatMap((row) => [...row, ...new Array<number>(stride - row.length).fill(0)]));
}

/** A positive definite matrix with unremarkable entries. */
function matrix(n: number): number[][] {
  const factor = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) =>
      j > i ? 0 : i === j ? 1 + (i % 3) / 2 : (((i * 7 + j * 13) % 11) - 5) / 10,
    ),
  );
  return factor.map((a) => factor.map((b) => a.reduce((sum, x, k) => sum + x * b[k], 0)));
}

test.each([1, 2, 3, 4, 5, 8, 13])('Cholesky factor of order %i', async (n) => {
  const harness = await Harness.create(n, nothing);
  const { kernels } = harness;
  const bytes = kernels.vectorBytes();
  const A = matrix(n);
  const lower = kernels.allocate(n * bytes);
  expect(kernels.cholesky(padded(harness, A), bytes, n, lower)).toBe(1);
  const L = A.map((_, i) => [...harness.view(lower + i * bytes, n)]);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (j > i) expect(L[i][j]).toBe(0);
      expect(L[i].reduce((sum, x, k) => sum + x * L[j][k], 0)).toBeCloseTo(A[i][j], 12);
    }
  }
  const x = Array.from({ length: n }, (_, i) => Math.sqrt(i + 2) - 2);
  const result = kernels.allocate(bytes);
  kernels.multiplyLower(lower, bytes, n, padded(harness, [x]), result);
  harness.view(result).forEach((y, i) =>
    expect(y).toBeCloseTo(
      L[i].reduce((sum, l, k) => sum + l * x[k], 0),
      12,
    ),
  );
  kernels.multiplyLowerTransposed(lower, bytes, n, padded(harness, [x]), result);
  harness.view(result).forEach((y, i) =>
    expect(y).toBeCloseTo(
      L.reduce((sum, row, k) => sum + row[i] * x[k], 0),
      12,
    ),
  );
});

test.each([
  ['indefinite', 1, 2, 1],
  ['not a number', 1, NaN, 1],
  ['infinite', 1, 0, Infinity],
])('a matrix that is %s is refused', async (_, a, b, c) => {
  const harness = await Harness.create(2, nothing);
  const { kernels } = harness;
  const bytes = kernels.vectorBytes();
  const A = padded(harness, [
    [a, b],
    [b, c],
  ]);
  expect(kernels.cholesky(A, bytes, 2, kernels.allocate(2 * bytes))).toBe(0);
});

test.each([1, 2, 5, 9])('geometric mean of order %i', async (n) => {
  const harness = await Harness.create(n, nothing);
  const { kernels } = harness;
  const bytes = kernels.vectorBytes();
  const A = matrix(n);
  const B = matrix(n + 3)
    .slice(3)
    .map((row) => row.slice(3));
  const solve = (most: number): { trace: number; mean: number[][] } => {
    const a = padded(harness, A);
    const work = kernels.allocate(kernels.geometricMeanBytes(n, bytes));
    const trace = kernels.geometricMean(n, a, padded(harness, B), bytes, most, work);
    const at = (i: number, j: number): number => harness.view(a + Math.max(i, j) * bytes, n)[Math.min(i, j)];
    return { trace, mean: A.map((row, i) => row.map((_, j) => at(i, j))) };
  };
  const product = (x: number[][], y: number[][]): number[][] =>
    x.map((row) => y[0].map((_, j) => row.reduce((sum, value, k) => sum + value * y[k][j], 0)));
  const { trace, mean } = solve(Infinity);
  product(product(mean, B), mean).forEach((row, i) =>
    row.forEach((value, j) => expect(value).toBeCloseTo(A[i][j], 11)),
  );
  expect(trace).toBeCloseTo(
    product(mean, B).reduce((sum, row, i) => sum + row[i], 0),
    11,
  );
  // Too large a trace: the matrix stays as it was.
  const left = solve(trace / 2);
  expect(left.trace).toBe(trace);
  left.mean.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(A[i][j])));
});

test('a matrix that is not positive definite has no geometric mean', async () => {
  const harness = await Harness.create(2, nothing);
  const { kernels } = harness;
  const bytes = kernels.vectorBytes();
  const bad = [
    [1, 2],
    [2, 1],
  ];
  const work = kernels.allocate(kernels.geometricMeanBytes(2, bytes));
  const mean = (a: number[][], b: number[][]): number =>
    kernels.geometricMean(2, padded(harness, a), padded(harness, b), bytes, Infinity, work);
  expect(mean(matrix(2), bad)).toBeNaN();
  expect(mean(bad, matrix(2))).toBeNaN();
});

test('solving with the transposed factor undoes its product', async () => {
  const harness = await Harness.create(5, nothing);
  const { kernels } = harness;
  const bytes = kernels.vectorBytes();
  const lower = padded(
    harness,
    matrix(5).map((row, i) => row.map((value, j) => (j > i ? 0 : value))),
  );
  const x = [1, -2, 3, 0.5, 4];
  const product = kernels.allocate(bytes);
  const result = kernels.allocate(bytes);
  kernels.multiplyLowerTransposed(lower, bytes, 5, padded(harness, [x]), product);
  kernels.solveLowerTransposed(lower, bytes, 5, product, result);
  harness.view(result).forEach((value, i) => expect(value).toBeCloseTo(x[i], 12));
});

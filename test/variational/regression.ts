/** Bayesian linear regression with known noise: posterior and evidence in closed form. */
import { matrix, model, normal, vector } from 'credence';

const ROWS = 60;
const NOISE = 0.7;
export const PRIOR = 3;

/** Columns of unlike scales, correlated through a common term; a fixed linear congruential generator makes the data. */
function data(): { X: number[][]; y: number[] } {
  let state = 1;
  const uniform = (): number => {
    state = (state * 16807) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
  const X = Array.from({ length: ROWS }, () => {
    const common = uniform();
    return [1, 0.1, 1, 10].map((scale, k) => (k === 0 ? 1 : scale * (common + uniform())));
  });
  const y = X.map((row) => row.reduce((sum, x, k) => sum + x * (k - 1), 0) + uniform());
  return { X, y };
}

export const { X, y } = data();

export const regression = model({ X: matrix('row', 'column'), y: vector('row') })
  .param('beta', normal(0, PRIOR), { dims: ['column'] })
  .observe('y', ({ X, beta }) => normal(X.matmul(beta), NOISE))
  .condition({ X, y });

type Matrix = number[][];

function choleskyOf(a: Matrix): Matrix {
  const lower = a.map((row) => row.map(() => 0));
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i][j];
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
      lower[i][j] = i === j ? Math.sqrt(rest) : rest / lower[j][j];
    }
  }
  return lower;
}

function solve(lower: Matrix, b: number[]): number[] {
  const n = b.length;
  const z = [...b];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) z[i] -= lower[i][k] * z[k];
    z[i] /= lower[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) z[i] -= lower[k][i] * z[k];
    z[i] /= lower[i][i];
  }
  return z;
}

const logDeterminant = (lower: Matrix): number =>
  2 * lower.reduce((sum, row, i) => sum + Math.log(row[i]), 0);

/** Precision, covariance and mean of the posterior. */
export const precision = X[0].map((_, i) =>
  X[0].map(
    (_, j) => X.reduce((sum, row) => sum + row[i] * row[j], 0) / NOISE ** 2 + (i === j ? PRIOR ** -2 : 0),
  ),
);
const factor = choleskyOf(precision);
export const covariance = precision.map((_, i) =>
  solve(
    factor,
    precision.map((_, j) => (i === j ? 1 : 0)),
  ),
);
export const mean = solve(
  factor,
  X[0].map((_, i) => X.reduce((sum, row, r) => sum + row[i] * y[r], 0) / NOISE ** 2),
);

/** log N(y; 0, σ²I + s²XXᵀ). */
export const logEvidence = ((): number => {
  const lower = choleskyOf(
    X.map((a, i) =>
      X.map((b, j) => PRIOR ** 2 * a.reduce((sum, x, k) => sum + x * b[k], 0) + (i === j ? NOISE ** 2 : 0)),
    ),
  );
  const form = solve(lower, y).reduce((sum, v, i) => sum + v * y[i], 0);
  return -0.5 * (form + logDeterminant(lower) + ROWS * Math.log(2 * Math.PI));
})();

/** KL from the posterior of the best independent Gaussians, whose precisions are the diagonal: ½ (Σ log Λᵢᵢ − log |Λ|). */
export const meanFieldDivergence =
  0.5 * (precision.reduce((sum, row, i) => sum + Math.log(row[i]), 0) - logDeterminant(factor));

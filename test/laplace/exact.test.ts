/** Where the unconstrained posterior is normal, mode and Laplace approximation are the posterior itself. */
import { describe, expect, test } from 'vitest';
import {
  laplaceApproximation,
  matmul,
  matrix,
  maximumAPosteriori,
  model,
  multivariateNormal,
  normal,
  random,
  vector,
} from '../../src';

const ROWS = 40;
const TERMS = 6;
const NOISE = 0.7;
const PRIOR = 2;

async function regression() {
  const stream = await random(3);
  const common = stream.normal(ROWS);
  const X = Array.from({ length: ROWS }, (_, i) =>
    Array.from(stream.normal(TERMS), (z, j) => (j === 0 ? 1 : common[i] + z)),
  );
  const noise = stream.normal(ROWS);
  const y = X.map((row, i) => row[0] - 0.5 * row[1] + 2 * row[2] + NOISE * noise[i]);
  const posterior = model({ X: matrix('row', 'term'), y: vector('row') })
    .param('beta', normal(0, PRIOR), { dims: ['term'] })
    .observe('y', ({ X, beta }) => normal(matmul(X, beta), NOISE))
    .condition({ X, y });
  return { X, y, posterior };
}

/** L with L·Lᵀ = A. */
function factor(A: number[][]): number[][] {
  const L = A.map((row) => row.map(() => 0));
  A.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let rest = row[j];
      for (let k = 0; k < j; k++) rest -= L[i][k] * L[j][k];
      L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
    }
  });
  return L;
}

/** A⁻¹·b by the factor of A. */
function solve(L: number[][], b: number[]): number[] {
  const x = [...b];
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= L[i][k] * x[k];
    x[i] /= L[i][i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= L[k][i] * x[k];
    x[i] /= L[i][i];
  }
  return x;
}

/** Closed form: precision XᵀX/σ² + I/s², and the evidence N(y; 0, σ²I + s²XXᵀ). */
async function closedForm() {
  const { X, y, posterior } = await regression();
  const precision = X[0].map((_, j) =>
    X[0].map(
      (_, k) =>
        X.reduce((sum, row) => sum + row[j] * row[k], 0) / NOISE ** 2 + (j === k ? 1 / PRIOR ** 2 : 0),
    ),
  );
  const L = factor(precision);
  const mean = solve(
    L,
    X[0].map((_, j) => X.reduce((sum, row, i) => sum + row[j] * y[i], 0) / NOISE ** 2),
  );
  const covariance = precision.map((_, j) =>
    solve(
      L,
      precision.map((_, k) => (j === k ? 1 : 0)),
    ),
  );
  const K = factor(
    X.map((a, i) =>
      X.map((b, k) => PRIOR ** 2 * a.reduce((sum, x, j) => sum + x * b[j], 0) + (i === k ? NOISE ** 2 : 0)),
    ),
  );
  const logEvidence =
    -0.5 * solve(K, y).reduce((sum, w, i) => sum + w * y[i], 0) -
    K.reduce((sum, row, i) => sum + Math.log(row[i]), 0) -
    (ROWS / 2) * Math.log(2 * Math.PI);
  return { posterior, precision, mean, covariance, logEvidence };
}

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('linear regression with known noise', () => {
  test('the mode is the posterior mean, its standard errors the posterior deviations, to 10⁻⁸', async () => {
    const { posterior, mean, covariance } = await closedForm();
    const fit = await maximumAPosteriori(posterior, { seed: 1 });
    mean.forEach((value, j) => {
      expect(relative(fit.estimate('beta')[j], value)).toBeLessThan(1e-8);
      expect(relative(fit.standardError('beta')[j], Math.sqrt(covariance[j][j]))).toBeLessThan(1e-8);
    });
    covariance.flat().forEach((value, k) => expect(relative(fit.covariance()[k], value)).toBeLessThan(1e-8));
  });

  test.each(['full', 'low-rank'] as const)(
    '%s: density and evidence are exact, to 10⁻⁸',
    async (structure) => {
      const { posterior, precision, mean, logEvidence } = await closedForm();
      const fit = await laplaceApproximation(posterior, { structure, seed: 1 });
      expect(fit.warnings).toEqual([]);
      expect(fit.hessian.kind).toBe('exact');
      mean.forEach((value, j) => expect(relative(fit.mode.values[j], value)).toBeLessThan(1e-8));
      expect(relative(fit.logEvidence, logEvidence)).toBeLessThan(1e-8);
      const away = mean.map((_, j) => 0.1 * (j - 2));
      const squares = precision.reduce(
        (sum, row, j) => sum + away[j] * row.reduce((inner, a, k) => inner + a * away[k], 0),
        0,
      );
      const logDeterminant = 2 * factor(precision).reduce((sum, row, j) => sum + Math.log(row[j]), 0);
      const expected = 0.5 * (logDeterminant - TERMS * Math.log(2 * Math.PI) - squares);
      expect(relative(fit.logDensity(mean.map((m, j) => m + away[j])), expected)).toBeLessThan(1e-8);
      // Ratios of posterior and approximation are the evidence, at every draw.
      fit.logDensities.forEach((value, draw) =>
        expect(relative(value - fit.logApproximations[draw], logEvidence)).toBeLessThan(1e-8),
      );
      // Weights that differ by rounding alone.
      expect(fit.paretoK).toBeLessThan(0.7);
    },
  );

  test.each(['full', 'low-rank'] as const)(
    '%s: draws have its moments (z below 4.5, 27 in all)',
    async (structure) => {
      const { posterior, mean, covariance } = await closedForm();
      const draws = 20_000;
      const fit = await laplaceApproximation(posterior, { structure, seed: 4, draws });
      const found = fit.covariance();
      mean.forEach((value, j) => {
        expect(Math.abs(fit.mean()[j] - value) / Math.sqrt(covariance[j][j] / draws)).toBeLessThan(4.5);
        for (let k = 0; k <= j; k++) {
          const error = Math.sqrt((covariance[j][j] * covariance[k][k] + covariance[j][k] ** 2) / draws);
          expect(Math.abs(found[j * TERMS + k] - covariance[j][k]) / error).toBeLessThan(4.5);
        }
      });
    },
  );

  test('diagonal: the precision of each coordinate, exact by its colours', async () => {
    const { posterior, precision } = await closedForm();
    const fit = await laplaceApproximation(posterior, { structure: 'diagonal', seed: 1 });
    expect(fit.hessian).toEqual({ kind: 'exact', because: '6 colours of coordinates', products: 6 });
    precision.forEach((row, j) => {
      const position = fit.mode.position.map((m, k) => (k === j ? m + 1 : m));
      const drop = fit.logDensity(fit.mode.position) - fit.logDensity(position);
      expect(relative(2 * drop, row[j])).toBeLessThan(1e-8);
    });
  });
});

test('the same seed gives the same draws, another one others', async () => {
  const { posterior } = await regression();
  const [one, two, other] = await Promise.all(
    [5, 5, 6].map((seed) => laplaceApproximation(posterior, { seed, draws: 100 })),
  );
  expect(two.positions).toEqual(one.positions);
  expect(other.positions).not.toEqual(one.positions);
});

test('a correlated normal prior alone: low rank finds its long directions', async () => {
  const size = 30;
  const covariance = Array.from({ length: size }, (_, i) =>
    Array.from(
      { length: size },
      (_, j) => (i === j ? 1 : 0) + 4 * Math.cos(i) * Math.cos(j) + 9 * Math.sin(i) * Math.sin(j),
    ),
  );
  const posterior = model({})
    .param('x', multivariateNormal(new Array<number>(size).fill(0), { covariance }))
    .condition({});
  const full = await laplaceApproximation(posterior, { structure: 'full', seed: 1 });
  const few = await laplaceApproximation(posterior, { structure: 'low-rank', rank: 4, seed: 1 });
  expect(few.hessian.kind).toBe('exact');
  expect(Math.abs(full.logEvidence)).toBeLessThan(1e-8);
  expect(few.logEvidence).toBeGreaterThan(-3);
  expect(few.paretoK).toBeLessThan(0.7);
});

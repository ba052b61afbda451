/** Priors as regularisers: ridge by its closed form, lasso by coordinate descent of its own, uniform priors as none. */
import { describe, expect, test } from 'vitest';
import {
  flat,
  gamma,
  laplace,
  matmul,
  matrix,
  maximumAPosteriori,
  maximumLikelihood,
  model,
  normal,
  random,
  uniform,
  vector,
} from '../../src';

const ROWS = 60;
const TERMS = 12;

/** Correlated predictors, and a response that a quarter of them move. */
async function data(): Promise<{ X: number[][]; y: number[] }> {
  const stream = await random(20);
  const common = stream.normal(ROWS);
  const X = Array.from({ length: ROWS }, (_, i) =>
    Array.from(stream.normal(TERMS), (z) => 0.6 * common[i] + z),
  );
  const noise = stream.normal(ROWS);
  const y = X.map((row, i) => 3 * row[0] - 2 * row[1] + 0.4 * row[2] + noise[i]);
  return { X, y };
}

/** Solves A·x = b by elimination with pivots. */
function solve(A: number[][], b: number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows.reduce(
      (best, row, i) => (i >= k && Math.abs(row[k]) > Math.abs(rows[best][k]) ? i : best),
      k,
    );
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

const crossProducts = (X: number[][], y: number[]) => ({
  gram: X[0].map((_, j) => X[0].map((_, k) => X.reduce((sum, row) => sum + row[j] * row[k], 0))),
  moment: X[0].map((_, j) => X.reduce((sum, row, i) => sum + row[j] * y[i], 0)),
});

/** Lasso by cyclic coordinate descent until nothing changes: ½‖y − Xβ‖² + λ‖β‖₁. */
function lasso(X: number[][], y: number[], penalty: number): number[] {
  const { gram, moment } = crossProducts(X, y);
  const beta = moment.map(() => 0);
  for (let sweep = 0; sweep < 100_000; sweep++) {
    let moved = 0;
    for (let j = 0; j < beta.length; j++) {
      const pull = moment[j] - gram[j].reduce((sum, g, k) => (k === j ? sum : sum + g * beta[k]), 0);
      const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - penalty)) / gram[j][j];
      moved = Math.max(moved, Math.abs(next - beta[j]));
      beta[j] = next;
    }
    if (moved === 0) break;
  }
  return beta;
}

const regression = model({ X: matrix('row', 'term'), y: vector('row') });
const near = (found: ArrayLike<number>, expected: readonly number[]): void =>
  expected.forEach((value, i) =>
    expect(Math.abs(found[i] - value)).toBeLessThan(1e-8 * Math.max(1, Math.abs(value))),
  );

describe('Gaussian priors are ridge regression', () => {
  test.each([0.1, 1, 100])('λ = %d', async (penalty) => {
    const { X, y } = await data();
    const posterior = regression
      .param('beta', normal(0, 1 / Math.sqrt(penalty)), { dims: ['term'] })
      .observe('y', ({ X, beta }) => normal(matmul(X, beta), 1))
      .condition({ X, y });
    const { gram, moment } = crossProducts(X, y);
    const expected = solve(
      gram.map((row, j) => row.map((g, k) => g + (j === k ? penalty : 0))),
      moment,
    );
    const fit = await maximumAPosteriori(posterior, { seed: 1 });
    expect(fit.problem).toBeUndefined();
    near(fit.estimate('beta'), expected);
  });
});

describe('Laplace priors are the lasso', () => {
  test.each([1, 10, 40, 1000])('λ = %d, to exact zeros', async (penalty) => {
    const { X, y } = await data();
    const posterior = regression
      .param('beta', laplace(0, 1 / penalty), { dims: ['term'] })
      .observe('y', ({ X, beta }) => normal(matmul(X, beta), 1))
      .condition({ X, y });
    const expected = lasso(X, y, penalty);
    const fit = await maximumAPosteriori(posterior, { seed: 1 });
    expect(fit.problem).toBeUndefined();
    const beta = fit.estimate('beta');
    near(beta, expected);
    expected.forEach((value, j) => expect(beta[j] === 0).toBe(value === 0));
    const zeros = expected.filter((value) => value === 0).length;
    if (penalty === 1000) expect(zeros).toBe(TERMS);
    if (penalty >= 40) expect(zeros).toBeGreaterThan(5);
    expect(fit.logDensity).toBeCloseTo(
      -TERMS * Math.log(2 / penalty) -
        penalty * expected.reduce((sum, b) => sum + Math.abs(b), 0) -
        X.reduce(
          (sum, row, i) => sum + (y[i] - row.reduce((eta, x, j) => eta + x * expected[j], 0)) ** 2 / 2,
          (ROWS / 2) * Math.log(2 * Math.PI),
        ),
      7,
    );
  });

  test('with a scale of the noise to estimate: the mode is where no coordinate moves', async () => {
    const { X, y } = await data();
    const posterior = regression
      .param('beta', laplace(0.25, 0.05), { dims: ['term'] })
      .param('sigma', gamma(2, 1))
      .observe('y', ({ X, beta, sigma }) => normal(matmul(X, beta), sigma))
      .condition({ X, y });
    const fit = await maximumAPosteriori(posterior, { seed: 1 });
    expect(fit.problem).toBeUndefined();
    const beta = fit.estimate('beta');
    const [sigma] = fit.estimate('sigma');
    expect(Array.from(beta).filter((b) => b === 0.25).length).toBeGreaterThan(3);
    const residuals = X.map((row, i) => y[i] - row.reduce((eta, x, j) => eta + x * beta[j], 0));
    beta.forEach((b, j) => {
      const slope = residuals.reduce((sum, r, i) => sum + r * X[i][j], 0) / sigma ** 2;
      if (b === 0.25) expect(Math.abs(slope)).toBeLessThanOrEqual(20);
      else expect(slope).toBeCloseTo(20 * Math.sign(b - 0.25), 6);
    });
    // d/dσ [log σ − σ − n log σ − ‖r‖²/2σ²] = 0
    const squares = residuals.reduce((sum, r) => sum + r * r, 0);
    expect(1 / sigma - 1 - ROWS / sigma + squares / sigma ** 3).toBeCloseTo(0, 6);
  });
});

test('flat and uniform priors: the mode is the maximum of the likelihood, least squares', async () => {
  const { X, y } = await data();
  const { gram, moment } = crossProducts(X, y);
  const expected = solve(gram, moment);
  for (const prior of [flat(), uniform(-50, 50)]) {
    const posterior = regression
      .param('beta', prior, { dims: ['term'] })
      .observe('y', ({ X, beta }) => normal(matmul(X, beta), 1))
      .condition({ X, y });
    near((await maximumAPosteriori(posterior, { seed: 1 })).estimate('beta'), expected);
    near((await maximumLikelihood(posterior, { seed: 1 })).estimate('beta'), expected);
  }
});

/** Linear regression with unknown noise: how far the Laplace approximation is from the exact posterior, in nats. */
import { expect, test } from 'vitest';
import {
  inverseGamma,
  laplaceApproximation,
  matmul,
  matrix,
  model,
  normal,
  random,
  sqrt,
  vector,
} from '../../src';

const SHAPE = 3;
const RATE = 2;

/** log Γ at a whole number. */
function logGamma(n: number): number {
  let sum = 0;
  for (let k = 2; k < n; k++) sum += Math.log(k);
  return sum;
}

/** Two terms, β | σ² ~ N(0, σ²I), σ² ~ inverseGamma(3, 2): the evidence is in closed form. */
async function regression(rows: number) {
  const stream = await random(12);
  const X = Array.from({ length: rows }, () => [1, stream.normal(1)[0]]);
  const noise = stream.normal(rows);
  const y = X.map(([a, b], i) => 0.5 * a - b + 0.8 * noise[i]);
  const posterior = model({ X: matrix('row', 'term'), y: vector('row') })
    .param('variance', inverseGamma(SHAPE, RATE))
    .param('beta', ({ variance }) => normal(0, sqrt(variance)), { dims: ['term'] })
    .observe('y', ({ X, beta, variance }) => normal(matmul(X, beta), sqrt(variance)))
    .condition({ X, y });
  const sum = (of: (row: number[], i: number) => number): number =>
    X.reduce((s, row, i) => s + of(row, i), 0);
  const [a, b, c] = [sum(([p]) => p * p) + 1, sum(([p, q]) => p * q), sum(([, q]) => q * q) + 1];
  const [u, v] = [sum(([p], i) => p * y[i]), sum(([, q], i) => q * y[i])];
  const determinant = a * c - b * b;
  const explained = (c * u * u - 2 * b * u * v + a * v * v) / determinant;
  const shape = SHAPE + rows / 2;
  const rate = RATE + (sum((_, i) => y[i] * y[i]) - explained) / 2;
  const logEvidence =
    -(rows / 2) * Math.log(2 * Math.PI) -
    0.5 * Math.log(determinant) +
    SHAPE * Math.log(RATE) -
    shape * Math.log(rate) +
    logGamma(shape) -
    logGamma(SHAPE);
  return { posterior, logEvidence };
}

/** KL(approximation‖posterior) and its standard error: the mean of log q − log p over draws of q. */
async function divergence(rows: number) {
  const { posterior, logEvidence } = await regression(rows);
  const fit = await laplaceApproximation(posterior, { seed: 1, draws: 20_000 });
  expect(fit.warnings).toEqual([]);
  const terms = fit.logApproximations.map((q, i) => q - (fit.logDensities[i] - logEvidence));
  const mean = terms.reduce((s, t) => s + t, 0) / terms.length;
  const variance = terms.reduce((s, t) => s + (t - mean) ** 2, 0) / (terms.length - 1);
  return { mean, error: Math.sqrt(variance / terms.length), evidenceError: fit.logEvidence - logEvidence };
}

test('the divergence is small, and falls like 1/n', async () => {
  const few = await divergence(20);
  const many = await divergence(320);
  expect(few.mean).toBeGreaterThan(0);
  expect(few.mean).toBeLessThan(0.2);
  expect(many.mean).toBeGreaterThan(-4 * many.error);
  expect(few.mean / many.mean).toBeGreaterThan(8);
  expect(few.mean / many.mean).toBeLessThan(32);
  expect(Math.abs(few.evidenceError)).toBeLessThan(0.1);
  expect(Math.abs(many.evidenceError)).toBeLessThan(0.01);
  console.info(
    `KL(Laplace‖posterior): ${few.mean.toFixed(4)} ± ${few.error.toFixed(4)} nats with 20 rows, ` +
      `${many.mean.toFixed(5)} ± ${many.error.toFixed(5)} with 320`,
  );
});

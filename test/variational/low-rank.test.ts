/** The low-rank family with its entropy in closed form. */
import { expect, it } from 'vitest';
import { fromFunction, variational } from 'credence';
import { Optimisation } from '../../src/inference/variational/optimisation';
import { LOW_RANK } from '../../src/inference/variational/family';
import { fullInstance } from '../../src/backend/wasm';
import { covariance, logEvidence, mean, regression } from './regression';

/** ½ log |D² + BBᵀ| by elimination; location and log scales, then the columns of B. */
function entropy(vectors: readonly number[][]): number {
  const [, omega, ...columns] = vectors;
  const matrix = omega.map((w, i) =>
    omega.map((_, j) => columns.reduce((sum, b) => sum + b[i] * b[j], i === j ? Math.exp(2 * w) : 0)),
  );
  let result = 0;
  matrix.forEach((pivot, i) => {
    result += 0.5 * Math.log(pivot[i]);
    for (const row of matrix.slice(i + 1)) {
      const share = row[i] / pivot[i];
      pivot.forEach((x, j) => (row[j] -= share * x));
    }
  });
  return result;
}

it('climbs the slope of the bound, by differences of it', async () => {
  // Under a flat density the bound is the entropy, and draws leave no noise in its gradient.
  const [dimension, rank] = [5, 3];
  const flat = fromFunction({ dimension, density: () => 0 }).target;
  const instance = await fullInstance(flat as never);
  const optimisation = new Optimisation(instance, {
    family: { code: LOW_RANK, rank, noise: 0 },
    drawsPerStep: 4,
    seed: 1,
    landing: false,
  });
  const scales = [0.1, -0.4, 0.3, 0, 0.8];
  optimisation.begin([new Float64Array(dimension), Float64Array.from(scales)]);
  optimisation.rate = 0.01;
  const vectorsOf = (): number[][] => Array.from({ length: 2 + rank }, (_, k) => [...optimisation.vector(k)]);
  const before = vectorsOf();
  const units = scales.map((w, i) =>
    Math.sqrt(before.slice(2).reduce((sum, b) => sum + b[i] ** 2, Math.exp(2 * w))),
  );
  optimisation.advance(1, 1e9);
  // Behind parameters and average lie Adam's moments: the first is a tenth of the gradient, in units.
  const state = new Float64Array(optimisation.save().buffer);
  const block = optimisation.parameterBytes().length / 8;
  const first = state.subarray(state.length - 2 * block);
  const stride = block / (2 + rank);
  for (let k = 1; k < 2 + rank; k++) {
    for (let i = 0; i < dimension; i++) {
      const [up, down] = [1e-5, -1e-5].map((h) =>
        entropy(before.map((v, m) => v.map((x, j) => (m === k && j === i ? x + h : x)))),
      );
      const unit = k === 1 ? 1 : units[i];
      expect(first[k * stride + i] / (0.1 * unit)).toBeCloseTo((up - down) / 2e-5, 6);
    }
  }
});

it('comes to the same optimum', async () => {
  const fit = await variational(regression, {
    family: 'low-rank',
    rank: mean.length,
    gradient: 'reparameterised',
    drawsPerStep: 40,
    seed: 2,
  });
  mean.forEach((m, i) => {
    expect(Math.abs(fit.unconstrained.location![i] - m) / Math.sqrt(covariance[i][i])).toBeLessThan(0.1);
  });
  expect(logEvidence - fit.elbo.value).toBeLessThan(0.02 + 4 * fit.elbo.error);
});

/**
 * NUTS and HMC against closed forms. Seeds are fixed; a bound of four standard errors fails by chance once in
 * 16,000 checks.
 */
import { describe, expect, test } from 'vitest';
import { essMean, mcseMean, rhat } from '../../src/diagnostics';
import { type Fit, hmc, nuts } from '../../src/inference';
import { correlated, COVARIANCE, funnel, MEAN, standard } from './targets';

/** Distance of a mean over draws from its expectation, in standard errors. */
function standardErrors(chains: readonly Float64Array[], expectation: number): number {
  const all = chains.flatMap((chain) => [...chain]);
  const mean = all.reduce((a, b) => a + b) / all.length;
  return Math.abs(mean - expectation) / mcseMean(chains);
}

function checkCorrelated(fit: Fit<{ level: 0; slope: 1 }>): void {
  const columns = [fit.draws('level').at(), fit.draws('slope').at(0), fit.draws('slope').at(1)];
  for (let i = 0; i < 3; i++) {
    expect(rhat(columns[i])).toBeLessThan(1.01);
    expect(standardErrors(columns[i], MEAN[i])).toBeLessThan(4);
    for (let j = 0; j <= i; j++) {
      const products = columns[i].map((chain, c) =>
        chain.map((x, k) => (x - MEAN[i]) * (columns[j][c][k] - MEAN[j])),
      );
      expect(standardErrors(products, COVARIANCE[i][j])).toBeLessThan(4);
    }
  }
  expect(fit.stats.divergent.flatMap((chain) => [...chain]).some((flag) => flag !== 0)).toBe(false);
}

describe.each(['auto', 'diagonal', 'dense', 'unit'] as const)('with a %s metric', (metric) => {
  test('NUTS finds means and covariances of a Gaussian', async () => {
    const fit = await nuts(correlated, { seed: 11, metric, draws: 2500, workers: 0 });
    checkCorrelated(fit);
  });

  test('static HMC finds means and covariances of a Gaussian', async () => {
    const options = { seed: 12, metric, draws: 4000, jitter: 0.3, workers: 0 };
    const fit = await hmc(correlated, metric === 'dense' ? options : { ...options, integrationTime: 4 });
    checkCorrelated(fit);
  });
});

test('the dense metric is the covariance, the diagonal one the variances', async () => {
  const dense = await nuts(correlated, {
    seed: 3,
    metric: 'dense',
    metricAdaptation: 'stan',
    warmup: 4000,
    draws: 10,
    workers: 0,
  });
  const diagonal = await nuts(correlated, {
    seed: 3,
    metric: 'diagonal',
    metricAdaptation: 'stan',
    warmup: 4000,
    draws: 10,
    workers: 0,
  });
  // The last window holds some 2000 draws: 10 % is more than four standard errors.
  for (let i = 0; i < 3; i++) {
    expect(diagonal.inverseMetric[0][i] / COVARIANCE[i][i]).toBeCloseTo(1, 0);
    for (let j = 0; j < 3; j++) {
      const scale = Math.sqrt(COVARIANCE[i][i] * COVARIANCE[j][j]);
      expect(Math.abs(dense.inverseMetric[0][3 * i + j] - COVARIANCE[i][j]) / scale).toBeLessThan(0.15);
    }
  }
});

test('acceptance comes out near its target', async () => {
  for (const targetAcceptance of [0.65, 0.8, 0.95]) {
    const fit = await nuts(standard, { seed: 4, targetAcceptance, workers: 0 });
    const all = fit.stats.acceptance.flatMap((chain) => [...chain]);
    const mean = all.reduce((a, b) => a + b) / all.length;
    // The averaged step size is a little smaller than the one that would hit the target.
    expect(mean).toBeGreaterThan(targetAcceptance - 0.05);
    expect(mean).toBeLessThan(Math.min(1, targetAcceptance + 0.15));
  }
});

test('energies of a standard Gaussian are distributed as they should', async () => {
  const fit = await nuts(standard, { seed: 5, draws: 4000, workers: 0 });
  // H = ½(χ²₁₀ + χ²₁₀): mean 10, variance 10; log density: −½ χ²₁₀, mean −5.
  expect(standardErrors(fit.stats.energy, 10)).toBeLessThan(4);
  expect(
    standardErrors(
      fit.stats.energy.map((chain) => chain.map((h) => (h - 10) ** 2)),
      10,
    ),
  ).toBeLessThan(4);
  expect(standardErrors(fit.stats.logDensity, -5)).toBeLessThan(4);
  expect(essMean(fit.draws('x').at(0))).toBeGreaterThan(4 * 4000 * 0.5);
});

test('static HMC with given steps makes exactly these', async () => {
  const fit = await hmc(standard, { seed: 6, steps: 7, draws: 50, workers: 0 });
  expect(fit.stats.leapfrogs.every((chain) => chain.every((n) => n === 7))).toBe(true);
  expect(fit.maxTreeDepth).toBeUndefined();
});

test('the neck of a funnel diverges', async () => {
  const fit = await nuts(funnel, { seed: 7, targetAcceptance: 0.6, workers: 0 });
  const divergences = fit.stats.divergent.map((chain) => chain.reduce((a, b) => a + b, 0));
  expect(divergences.reduce((a, b) => a + b)).toBeGreaterThan(10);
  expect(
    fit
      .summary()
      .warnings.map(({ message }) => message)
      .join(),
  ).toContain('diverge');
});

test('trees stop at the maximum depth', async () => {
  const fit = await nuts(standard, { seed: 8, maxTreeDepth: 2, targetAcceptance: 0.99, workers: 0 });
  expect(Math.max(...fit.stats.treedepth.flatMap((chain) => [...chain]))).toBe(2);
  expect(Math.max(...fit.stats.leapfrogs.flatMap((chain) => [...chain]))).toBe(3);
});

test('thinning keeps every n-th of the same draws', async () => {
  const all = await nuts(standard, { seed: 9, draws: 300, chains: 2, workers: 0 });
  const thinned = await nuts(standard, { seed: 9, draws: 100, thin: 3, chains: 2, workers: 0 });
  const kept = all
    .draws('x')
    .at(4)[1]
    .filter((_, i) => i % 3 === 2);
  expect(thinned.draws('x').at(4)[1]).toEqual(kept);
});

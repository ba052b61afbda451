/** On a Gaussian posterior everything is known: the families' optima, the evidence, the divergence. */
import { describe, expect, it } from 'vitest';
import { flat, model, normal, sumToZero, variational, type VariationalOptions, vector } from 'credence';
import {
  covariance,
  logEvidence,
  mean,
  meanFieldDivergence,
  precision,
  PRIOR,
  regression,
} from './regression';

const size = mean.length;

describe('the full-rank family is exact', () => {
  for (const options of [
    { family: 'full-rank' },
    { family: 'low-rank', rank: size },
  ] satisfies VariationalOptions[]) {
    it(`as ${options.family}`, async () => {
      const fit = await variational(regression, { ...options, seed: 1 });
      expect(fit.converged).toBe(true);
      expect(fit.warnings).toEqual([]);
      const { location, covariance: found } = fit.unconstrained;
      mean.forEach((m, i) => {
        const sd = Math.sqrt(covariance[i][i]);
        expect(Math.abs(location![i] - m) / sd).toBeLessThan(1e-3);
      });
      const matrix = found!();
      covariance.forEach((row, i) =>
        row.forEach((c, j) => {
          const scale = Math.sqrt(covariance[i][i] * covariance[j][j]);
          expect(Math.abs(matrix[i * size + j] - c) / scale).toBeLessThan(0.01);
        }),
      );
      // Exact, so that the ratios do not vary: the bound is the evidence.
      expect(fit.elbo.value).toBeCloseTo(logEvidence, 5);
      expect(fit.elbo.error).toBeLessThan(1e-5);
      const { reconstruction, divergence } = fit.elbo;
      expect(reconstruction!.value - divergence!.value).toBeCloseTo(fit.elbo.value, 8);
    });
  }
});

describe('the mean-field optimum', () => {
  for (const options of [
    {},
    { gradient: 'reparameterised', precision: 0.05 },
    { update: 'online-newton' },
  ] satisfies VariationalOptions[]) {
    it(`is found with ${JSON.stringify(options)}`, async () => {
      const fit = await variational(regression, { ...options, seed: 2, draws: 10_000 });
      const matrix = fit.unconstrained.covariance!();
      mean.forEach((m, i) => {
        const sd = 1 / Math.sqrt(precision[i][i]);
        expect(Math.abs(fit.unconstrained.location![i] - m) / sd).toBeLessThan(0.2);
        expect(Math.abs(Math.sqrt(matrix[i * size + i]) / sd - 1)).toBeLessThan(0.05);
      });
      // log p(D) = ELBO + KL(q ‖ posterior), each from a source of its own; four standard errors and the tolerance.
      expect(Math.abs(fit.elbo.value + meanFieldDivergence - logEvidence)).toBeLessThan(
        4 * fit.elbo.error + 0.03,
      );
    });
  }
});

it('knows the divergence of a Gaussian from a Gaussian prior without error', async () => {
  for (const family of ['mean-field', 'full-rank', 'low-rank'] as const) {
    const fit = await variational(regression, { family, seed: 5, draws: 4000 });
    const { value, error, reconstruction, divergence } = fit.elbo;
    expect(divergence!.error).toBe(0);
    expect(reconstruction!.value - divergence!.value).toBeCloseTo(value, 10);
    expect(reconstruction!.error).toBe(error);
    // By the draws: log q − log prior, four standard errors.
    const { logApproximations, positions } = fit;
    const ratios = logApproximations.map((logQ, draw) => {
      const beta = positions.subarray(draw * size, (draw + 1) * size);
      return (
        logQ -
        beta.reduce((sum, b) => sum - (b / PRIOR) ** 2 / 2 - Math.log(PRIOR * Math.sqrt(2 * Math.PI)), 0)
      );
    });
    const average = ratios.reduce((a, b) => a + b) / ratios.length;
    const spread = Math.sqrt(ratios.reduce((sum, r) => sum + (r - average) ** 2, 0) / ratios.length);
    expect(Math.abs(divergence!.value - average)).toBeLessThan((4 * spread) / Math.sqrt(ratios.length));
  }
});

it('measures the divergence from the prior as it is, where that does not integrate to one', async () => {
  const y = [1.1, -0.3, 0.7, 2.2];
  const observed = model({ y: vector('row') });
  for (const posterior of [
    observed
      .param('mu', flat(), { dims: ['row'] })
      .logDensity('bell', ({ mu }) => mu.square().div(-2), { role: 'prior' })
      .observe('y', ({ mu }) => normal(mu, 1))
      .condition({ y }),
    observed
      .param('mu', normal(0, 1), { dims: ['row'], constraint: sumToZero })
      .observe('y', ({ mu }) => normal(mu, 1))
      .condition({ y }),
  ]) {
    const fit = await variational(posterior, { family: 'full-rank', seed: 1 });
    const { value, reconstruction, divergence } = fit.elbo;
    expect(divergence!.error).toBe(0);
    expect(reconstruction!.value - divergence!.value).toBeCloseTo(value, 10);
    // By the draws, on the model's own scale: four standard errors.
    const mu = fit.draws('mu').flat();
    const likelihoods = Array.from({ length: mu.length / y.length }, (_, draw) =>
      y.reduce(
        (total, of, row) => total - ((of - mu[draw * y.length + row]) ** 2 + Math.log(2 * Math.PI)) / 2,
        0,
      ),
    );
    const mean = likelihoods.reduce((a, b) => a + b) / likelihoods.length;
    const spread = Math.sqrt(likelihoods.reduce((sum, l) => sum + (l - mean) ** 2, 0) / likelihoods.length);
    expect(Math.abs(reconstruction!.value - mean)).toBeLessThan((4 * spread) / Math.sqrt(likelihoods.length));
  }
});

it('says where it is too narrow, and importance weights widen it', async () => {
  const fit = await variational(regression, { seed: 3, draws: 20_000 });
  const widened = fit.resample({ seed: 1 });
  const [narrow, wide] = [fit, widened].map((draws) => draws.draws('beta').sd());
  covariance.forEach((row, i) => {
    const sd = Math.sqrt(row[i]);
    if (narrow[i] > 0.9 * sd) return;
    expect(Math.abs(wide[i] - sd)).toBeLessThan(Math.abs(narrow[i] - sd));
  });
  expect(fit.paretoK).toBeGreaterThan(0.3);
});

it('gives the density of the approximation anywhere', async () => {
  for (const family of ['mean-field', 'full-rank', 'low-rank'] as const) {
    const fit = await variational(regression, {
      family,
      rank: family === 'low-rank' ? 2 : undefined,
      seed: 4,
      draws: 50,
    });
    for (let draw = 0; draw < 50; draw++) {
      const position = fit.positions.slice(draw * size, (draw + 1) * size);
      expect(fit.logDensity(position)).toBeCloseTo(fit.logApproximations[draw], 8);
    }
  }
});

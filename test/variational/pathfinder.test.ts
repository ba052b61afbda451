/** Pathfinder against posteriors that are known, and as a source of starting values. */
import { describe, expect, it } from 'vitest';
import { exponential, fromFunction, halfCauchy, model, normal, nuts, pathfinder, vector } from 'credence';
import { covariance, logEvidence, mean, regression } from './regression';

describe('on a Gaussian posterior', () => {
  it('has normalised densities: importance ratios average to the evidence', async () => {
    for (const seed of [1, 2, 3]) {
      const fit = await pathfinder(regression, { seed, draws: 4000 });
      const { logDensities, logApproximations } = fit.candidates;
      const ratios = logDensities.map((value, draw) =>
        Math.exp(value - logApproximations[draw] - logEvidence),
      );
      const average = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      const variance = ratios.reduce((sum, ratio) => sum + (ratio - average) ** 2, 0) / ratios.length;
      expect(Math.abs(average - 1)).toBeLessThan(4 * Math.sqrt(variance / ratios.length) + 1e-6);
      expect(fit.paretoK).toBeLessThan(0.7);
    }
  });

  it('draws from it', async () => {
    const fit = await pathfinder(regression, { seed: 4, draws: 4000 });
    const found = fit.draws('beta');
    mean.forEach((m, i) => {
      const sd = Math.sqrt(covariance[i][i]);
      expect(Math.abs(found.mean()[i] - m) / sd).toBeLessThan(0.12);
      expect(Math.abs(found.sd()[i] / sd - 1)).toBeLessThan(0.1);
    });
    expect(fit.paths.length).toBe(4);
    expect(fit.warnings).toEqual([]);
  });

  it('is all but exact in one unknown', async () => {
    const line = fromFunction({
      dimension: 1,
      density(x, gradient) {
        gradient[0] = -(x[0] - 3) / 4;
        return -((x[0] - 3) ** 2) / 8;
      },
    });
    const fit = await pathfinder(line, { seed: 1, draws: 20_000 });
    expect(fit.mean()[0]).toBeCloseTo(3, 1);
    expect(Math.sqrt(fit.covariance()[0])).toBeCloseTo(2, 1);
    expect(fit.paths[0].elbo).toBeCloseTo(0.5 * Math.log(2 * Math.PI * 4), 1);
  });
});

const schools = model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ effect, sigma }) => normal(effect, sigma))
  .condition({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] });

it('gives chains starting values of their own, from which NUTS needs a shorter warm-up', async () => {
  const fit = await pathfinder(schools, { seed: 1 });
  const initial = fit.initialValues(4);
  expect(initial.length).toBe(4);
  expect(initial[0].effect).toHaveLength(8);
  expect(initial[0].mu).not.toEqual(initial[1].mu);
  const options = { chains: 4, draws: 300, warmup: 150, seed: 2, workers: 0 } as const;
  const started = await nuts(schools, { ...options, initial });
  expect(started.summary().find('mu').rhat).toBeLessThan(1.03);
  expect(() => fit.initialValues(2000)).toThrow(/chains must be an integer from 1 to 1000, got 2000/);
});

it('gives the same draws for the same seed, in one piece or by other means', async () => {
  const [a, b, c] = await Promise.all([5, 5, 6].map((seed) => pathfinder(schools, { seed })));
  expect(b.positions).toEqual(a.positions);
  expect(c.positions).not.toEqual(a.positions);
});

it('leaves out paths that lead nowhere, and fails when all do', async () => {
  // Log density of −∞ but at the start's own point: no Gaussian has draws of finite density.
  let first: number | undefined;
  const spike = fromFunction({
    dimension: 1,
    density(x, gradient) {
      gradient[0] = 0;
      first ??= x[0];
      return x[0] === first ? 0 : -Infinity;
    },
  });
  await expect(pathfinder(spike, { seed: 1, paths: 1 })).rejects.toThrow(/on none of the paths/);
});

it('takes a scale parameter near its boundary', async () => {
  const posterior = model({ y: vector('row') })
    .param('sigma', exponential(1))
    .observe('y', ({ sigma }) => normal(0, sigma))
    .condition({ y: [0.01, -0.02, 0.015, 0.005] });
  const fit = await pathfinder(posterior, { seed: 1 });
  for (const draw of fit.draws('sigma').flat()) expect(draw).toBeGreaterThan(0);
});

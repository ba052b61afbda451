/** Stein particles against known posteriors. */
import { expect, it } from 'vitest';
import { stein } from 'credence';
import { correlated, COVARIANCE, MEAN } from '../inference/targets';
import { covariance, mean, regression } from './regression';

it('represents a correlated Gaussian by few particles', async () => {
  const fit = await stein(correlated, { seed: 1, particles: 200 });
  const found = fit.covariance();
  MEAN.forEach((m, i) => {
    const sd = Math.sqrt(COVARIANCE[i][i]);
    expect(Math.abs(fit.mean()[i] - m) / sd).toBeLessThan(0.05);
    // Particles understate spread a little: by less than 15 % here.
    expect(Math.sqrt(found[4 * i]) / sd).toBeGreaterThan(0.85);
    expect(Math.sqrt(found[4 * i]) / sd).toBeLessThan(1.05);
  });
  expect(found[1] / Math.sqrt(found[0] * found[4])).toBeCloseTo(
    COVARIANCE[0][1] / Math.sqrt(COVARIANCE[0][0] * COVARIANCE[1][1]),
    1,
  );
});

it('spreads better the more particles there are', async () => {
  const [few, many] = await Promise.all(
    [10, 150].map((particles) => stein(regression, { seed: 1, particles })),
  );
  const error = (fit: typeof few): number =>
    mean.reduce(
      (sum, _, i) => sum + Math.abs(fit.draws('beta').sd()[i] / Math.sqrt(covariance[i][i]) - 1),
      0,
    );
  expect(error(many)).toBeLessThan(error(few));
  expect(error(many) / mean.length).toBeLessThan(0.15);
});

it('gives the same particles for the same seed', async () => {
  const [a, b] = await Promise.all(
    [5, 5].map((seed) => stein(regression, { seed, particles: 20, maxIterations: 200 })),
  );
  expect(b.positions).toEqual(a.positions);
  await expect(stein(regression, { particles: 1 })).rejects.toThrow(
    /particles must be an integer from 2 to 10000, got 1/,
  );
});

/** Nested Laplace: closed forms where latents are normal, differences for its gradient, NUTS on everything as the judge. */
import { describe, expect, test } from 'vitest';
import {
  bernoulliLogit,
  gamma,
  halfNormal,
  index,
  laplaceMarginal,
  matern32,
  model,
  multivariateNormal,
  normal,
  nuts,
  poissonLog,
  vector,
} from '../../src';
import { marginalDensity } from '../../src/inference/laplace/marginal';
import type { Posterior } from '../../src/model';

const y = [28, 8, -3, 7, -1, 1, 18, 12];
const sigma = [15, 10, 16, 11, 9, 11, 10, 18];

const schools = (noncentered: boolean) =>
  model({ y: vector('school'), sigma: vector('school') })
    .param('mu', normal(0, 5))
    .param('tau', halfNormal(5))
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered })
    .observe('y', ({ effect, sigma }) => normal(effect, sigma))
    .condition({ y, sigma });

const logNormal = (x: number, variance: number): number =>
  -0.5 * ((x * x) / variance + Math.log(2 * Math.PI * variance));

describe.each([false, true])('eight schools, noncentered: %s', (noncentered) => {
  test('the marginal density is N(y; μ, σ² + τ²), to 10⁻⁹', async () => {
    const { density, separable, latents } = await marginalDensity(
      schools(noncentered) as unknown as Posterior,
      ['effect'],
    );
    expect(separable).toBe(true);
    expect(latents).toBe(8);
    const gradient = new Float64Array(2);
    for (const [mu, logTau] of [
      [0, 0],
      [4, 1.5],
      [-3, -2],
    ]) {
      const tau = Math.exp(logTau);
      const expected =
        logNormal(mu, 25) +
        Math.log(2) +
        logNormal(tau, 25) +
        logTau +
        y.reduce((sum, value, i) => sum + logNormal(value - mu, tau * tau + sigma[i] ** 2), 0);
      expect(density(Float64Array.of(mu, logTau), gradient)).toBeCloseTo(expected, 9);
    }
  });
});

const groups = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 0, 1, 3, 3, 5];
const counts = [1, 4, 0, 2, 9, 3, 2, 5, 1, 2, 6, 2, 0, 2, 7, 4, 3, 3];

const glmm = () =>
  model({ y: vector('n'), group: index('n', 'g') })
    .param('mu', normal(0, 2))
    .param('tau', gamma(2, 2))
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['g'] })
    .observe('y', ({ effect, group }) => poissonLog(effect.gather(group)))
    .condition({ y: counts, group: groups });

const process = () => {
  const x = Array.from({ length: 9 }, (_, i) => i / 3);
  return model({ y: vector('n') })
    .param('length', gamma(4, 4))
    .param('scale', halfNormal(2))
    .param('f', ({ length, scale }) =>
      multivariateNormal(new Array<number>(9).fill(0), {
        covariance: matern32(x, { lengthScale: length, magnitude: scale }),
      }),
    )
    .observe('y', ({ f }) => bernoulliLogit(f))
    .condition({ y: [0, 0, 1, 0, 1, 1, 1, 1, 0] });
};

describe.each([
  ['counts of groups', glmm, ['effect'], true],
  ['classes by a Gaussian process', process, ['f'], false],
] as const)('%s', (_, build, latent, diagonal) => {
  test('the gradient is that of the density, by differences', async () => {
    const { density, separable } = await marginalDensity(build() as unknown as Posterior, latent);
    expect(separable).toBe(diagonal);
    const gradient = new Float64Array(2);
    const spare = new Float64Array(2);
    for (const point of [Float64Array.of(0.3, -0.2), Float64Array.of(-0.5, 0.6)]) {
      density(point, gradient);
      for (let k = 0; k < 2; k++) {
        const at = (step: number): number =>
          density(
            point.map((p, i) => (i === k ? p + step : p)),
            spare,
          );
        const h = 1e-3;
        const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        expect(Math.abs(gradient[k] - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
      }
    }
  });
});

test('agrees with NUTS on all parameters, within four errors and a tenth of the deviation', async () => {
  const posterior = glmm();
  const options = { chains: 4, warmup: 500, draws: 1500 };
  const nested = await laplaceMarginal(posterior, { ...options, latent: ['effect'], seed: 3 });
  const whole = await nuts(posterior, { ...options, seed: 5, targetAcceptance: 0.95 });
  expect(nested.paretoK).toBeLessThan(0.7);
  expect(nested.names).toEqual(['mu', 'tau', 'effect']);
  const [ours, theirs] = [nested.summary().rows, whole.summary().rows];
  theirs.forEach((row, k) => {
    const error = Math.hypot(row.mcseMean, ours[k].mcseMean);
    expect(Math.abs(row.mean - ours[k].mean)).toBeLessThan(4 * error + 0.1 * row.sd);
    expect(ours[k].sd / row.sd).toBeGreaterThan(0.85);
    expect(ours[k].sd / row.sd).toBeLessThan(1.15);
  });
  const again = await laplaceMarginal(posterior, { ...options, draws: 20, latent: ['effect'], seed: 3 });
  const repeated = await laplaceMarginal(posterior, { ...options, draws: 20, latent: ['effect'], seed: 3 });
  expect(again.draws('effect').flat()).toEqual(repeated.draws('effect').flat());
});

test('names that are no parameters are refused', async () => {
  const posterior = glmm();
  await expect(laplaceMarginal(posterior, { latent: ['efect'] })).rejects.toThrow(/'efect'.*effect/);
  await expect(laplaceMarginal(posterior, { latent: [] })).rejects.toThrow(/latent must be/);
  await expect(laplaceMarginal(posterior, { latent: ['mu', 'tau', 'effect'] })).rejects.toThrow(
    /none is left to sample/,
  );
  await expect(laplaceMarginal(posterior, { latent: ['effect'], workers: 2 } as never)).rejects.toThrow(
    /no option 'workers'/,
  );
});

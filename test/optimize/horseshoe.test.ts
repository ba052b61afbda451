/** The horseshoe by full Bayes: shrinkage factors of NUTS against numerical integration. */
import { expect, test } from 'vitest';
import { halfCauchy, horseshoe, model, normal, nuts, vector } from '../../src';

const y = [0.2, -0.8, 1.5, 2.5, -4, 7];

/**
 * E[1/(1 + λ²) | y] of y ~ N(0, 1 + λ²), λ ~ halfCauchy(1), the shrinkage of an observation of unit noise (Carvalho, Polson &
 * Scott 2010): with λ = tan t the prior is uniform in t, and κ = cos² t.
 */
function shrinkage(value: number): number {
  const points = 20_000;
  let [above, below] = [0, 0];
  for (let i = 0; i < points; i++) {
    const kappa = Math.cos(((i + 0.5) / points) * (Math.PI / 2)) ** 2;
    const weight = Math.sqrt(kappa) * Math.exp(-0.5 * value * value * kappa);
    above += kappa * weight;
    below += weight;
  }
  return above / below;
}

test('shrinkage factors agree, within 4.5 of their errors: small ones shrink, large ones do not', async () => {
  const posterior = model({ y: vector('n') })
    .param('local', halfCauchy(1), { dims: ['n'] })
    .param('theta', ({ local }) => horseshoe(1, local), { dims: ['n'], noncentered: true })
    .derive('kappa', ({ local }) => local.square().add(1).pow(-1))
    .observe('y', ({ theta }) => normal(theta, 1))
    .condition({ y });
  const fit = await nuts(posterior, { seed: 7, warmup: 1000, draws: 4000, targetAcceptance: 0.95 });
  const { rows } = fit.summary({ names: ['kappa', 'theta'] });
  y.forEach((value, i) => {
    const exact = shrinkage(value);
    const kappa = rows[i];
    expect(Math.abs(kappa.mean - exact)).toBeLessThan(4.5 * kappa.mcseMean);
    // E[θ | y] = (1 − E[κ | y])·y
    const theta = rows[y.length + i];
    expect(Math.abs(theta.mean - (1 - exact) * value)).toBeLessThan(4.5 * theta.mcseMean);
  });
  expect(shrinkage(0.2)).toBeGreaterThan(0.6);
  expect(shrinkage(7)).toBeLessThan(0.05);
});

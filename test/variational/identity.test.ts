/** log p(D) = ELBO + KL(q ‖ p(θ | D)) where the posterior is no Gaussian, each by a way of its own. */
import { expect, it } from 'vitest';
import { fromFunction, variational } from 'credence';

/** A skewed density of one unknown: log p(x) = 3x − 2eˣ, a log-gamma density without its constant. */
const density = (x: number): number => 3 * x - 2 * Math.exp(x);
const posterior = fromFunction({
  dimension: 1,
  density(x, gradient) {
    gradient[0] = 3 - 2 * Math.exp(x[0]);
    return density(x[0]);
  },
});

it('holds by quadrature', async () => {
  const fit = await variational(posterior, { seed: 1, draws: 20_000 });
  // Γ(3)/2³
  const logEvidence = Math.log(2 / 8);
  const step = 1e-3;
  let divergence = 0;
  for (let x = -12; x < 4; x += step) {
    const logQ = fit.logDensity(Float64Array.of(x));
    divergence += step * Math.exp(logQ) * (logQ - (density(x) - logEvidence));
  }
  expect(divergence).toBeGreaterThan(0.005);
  expect(Math.abs(fit.elbo.value + divergence - logEvidence)).toBeLessThan(4 * fit.elbo.error);
  expect(fit.elbo.error).toBeLessThan(0.003);
});

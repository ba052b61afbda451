/** Eight schools in both forms, and expectations of τ by quadrature: given τ, all else is Gaussian. */
import { halfCauchy, normal } from '../../src/distributions';
import { model, type Posterior, vector } from '../../src/model';
import { schoolsData } from './eight-schools';

const { y, sigma } = schoolsData;

export const eightSchools = (noncentered: boolean): Posterior<{ mu: 0; tau: 0; effect: 1 }> =>
  model({ y: vector('school'), sigma: vector('school') })
    .param('mu', normal(0, 5))
    .param('tau', halfCauchy(5))
    .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered })
    .observe('y', ({ effect, sigma: scale }) => normal(effect, scale))
    .condition(schoolsData);

/** Log posterior density of τ, effects and μ integrated out, up to a constant. */
function logDensity(tau: number): number {
  const variances = sigma.map((s) => s * s + tau * tau);
  // μ ~ N(0, 5).
  const precision = variances.reduce((sum, v) => sum + 1 / v, 1 / 25);
  const weighted = variances.reduce((sum, v, i) => sum + y[i] / v, 0);
  const terms = variances.reduce((sum, v, i) => sum + Math.log(v) + (y[i] * y[i]) / v, Math.log(precision));
  return -Math.log1p((tau / 5) ** 2) - terms / 2 + (weighted * weighted) / precision / 2;
}

/** Posterior mean of a function of τ, by the trapezoidal rule over log τ. */
export function meanOfTau(f: (tau: number) => number): number {
  let total = 0;
  let sum = 0;
  for (let t = -16; t <= 10; t += 1e-3) {
    const tau = Math.exp(t);
    const weight = tau * Math.exp(logDensity(tau) - logDensity(3));
    total += weight;
    sum += weight * f(tau);
  }
  return sum / total;
}

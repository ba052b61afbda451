/**
 * Eight schools: how much did coaching raise test scores? (Rubin 1981; Gelman et al., Bayesian Data Analysis, §5.5.)
 *
 * Eight small experiments estimated the effect of coaching, each with its own standard error. The model lets the
 * schools learn from each other: their effects come from one population whose mean and spread are unknown too.
 */
import { halfCauchy, model, normal, vector } from 'credence';

const schools = model({ y: vector('school'), sigma: vector('school') })
  // The average effect of coaching, and how much schools differ.
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  // An effect for each school. Eight noisy numbers say little about tau, so the effects are sampled as mu + tau·z.
  .param('effect', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  // What was measured, with the standard errors that were reported.
  .observe('y', ({ effect, sigma }) => normal(effect, sigma));

export default schools.condition(
  { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] },
  { coords: { school: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] } },
);

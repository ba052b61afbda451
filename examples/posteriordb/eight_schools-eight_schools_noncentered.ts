/** Eight schools with standardised effects: theta = mu + tau·z (Gelman et al., Bayesian Data Analysis, §5.5). */
import { halfCauchy, model, normal, vector } from 'credence';

export default model({ y: vector('school'), sigma: vector('school') })
  .param('mu', normal(0, 5))
  .param('tau', halfCauchy(5))
  .param('theta', ({ mu, tau }) => normal(mu, tau), { dims: ['school'], noncentered: true })
  .observe('y', ({ theta, sigma }) => normal(theta, sigma));

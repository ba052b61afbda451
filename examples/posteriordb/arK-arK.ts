/** An autoregression: each value from the five before it; the first five are given. */
import { autoregressive, halfCauchy, model, normal, vector } from 'credence';

export default model({ y: vector('time') })
  .param('alpha', normal(0, 10))
  .param('beta', normal(0, 10), { dims: [5] })
  .param('sigma', halfCauchy(2.5))
  .observe('y', ({ alpha, beta, sigma }) => autoregressive(beta, sigma, { intercept: alpha }));

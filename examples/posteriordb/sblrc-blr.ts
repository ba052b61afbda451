/** Bayesian linear regression with a design matrix. */
import { halfNormal, matrix, model, normal, vector } from 'credence';

export default model({ y: vector('row'), X: matrix('row', 'column') })
  .param('beta', normal(0, 10), { dims: ['column'] })
  .param('sigma', halfNormal(10))
  .observe('y', ({ X, beta, sigma }) => normal(X.matmul(beta), sigma));

/** Gaussian process regression with the function integrated out. */
import {
  addDiagonal,
  gamma,
  halfNormal,
  model,
  multivariateNormal,
  squaredExponential,
  vector,
} from 'credence';

export default model({ x: vector('point'), y: vector('point') })
  .param('rho', gamma(25, 4))
  .param('alpha', halfNormal(2))
  .param('sigma', halfNormal(1))
  .observe('y', ({ x, rho, alpha, sigma }) => {
    const covariance = squaredExponential(x, { magnitude: alpha, lengthScale: rho });
    return multivariateNormal(0, { covariance: addDiagonal(covariance, sigma) });
  });

/** Gaussian process regression, the function integrated out: a covariance, its Cholesky factor and their adjoints. */
import { squaredExponential } from '../../src/covariance';
import { gamma, halfNormal, multivariateNormal } from '../../src/distributions';
import { addDiagonal, square } from '../../src/expr';
import { model, vector } from '../../src/model';
import { Generator } from '../random';
import type { Subject } from '../subject';

const gaussianProcessModel = model({ x: vector('point'), y: vector('point') })
  .param('rho', gamma(25, 4))
  .param('alpha', halfNormal(2))
  .param('sigma', halfNormal(1))
  .observe('y', ({ x, rho, alpha, sigma }) => {
    const covariance = squaredExponential(x, { magnitude: alpha, lengthScale: rho });
    return multivariateNormal(0, { covariance: addDiagonal(covariance, square(sigma)) });
  });

export function gaussianProcess(points: number): Subject {
  const random = new Generator(11);
  const x = Float64Array.from({ length: points }, (_, i) => -10 + (20 * i) / (points - 1));
  const y = x.map((at) => 2 * Math.sin(at / 3) + 0.5 * random.normal());
  return {
    posterior: gaussianProcessModel.condition({ x, y }),
    stan: { program: 'gaussian-process', data: { N: points, x, y } },
    // Logarithms.
    position: Float64Array.of(1.7, 0.5, -0.7),
  };
}

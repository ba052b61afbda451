/** Counts whose log rate is a Gaussian process, sampled as a Cholesky factor times standard normals. */
import {
  addDiagonal,
  cholesky,
  gamma,
  halfNormal,
  integers,
  matmul,
  model,
  normal,
  poissonLog,
  squaredExponential,
  vector,
} from 'credence';

export default model({ x: vector('point'), k: integers('point') })
  .param('rho', gamma(25, 4))
  .param('alpha', halfNormal(2))
  .param('f_tilde', normal(0, 1), { dims: ['point'] })
  .derive('f', ({ x, rho, alpha, f_tilde }) => {
    const covariance = squaredExponential(x, { magnitude: alpha, lengthScale: rho });
    return matmul(cholesky(addDiagonal(covariance, 1e-10)), f_tilde);
  })
  .observe('k', ({ f }) => poissonLog(f));

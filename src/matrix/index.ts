/** Small dense matrices in plain arrays, row by row: factors, solutions, moments. */

export { choleskyOf } from './cholesky';
export { covarianceOf, meanOf } from './moments';
export { squaredLength, times, timesTranspose } from './products';
export { checkSymmetric, mirrorLower } from './symmetry';
export { inverseOf, solveLower, solveLowerTransposed, timesLower, timesLowerTransposed } from './triangular';

/** Constraints: maps from free real numbers onto sets of values, with the logarithms of their Jacobians. */
export { correlation } from './correlation';
export { correlationCholesky } from './correlationCholesky';
export { covariance } from './covariance';
export { covarianceCholesky } from './covarianceCholesky';
export { interval } from './interval';
export { lower } from './lower';
export { offsetMultiplier } from './offsetMultiplier';
export { ordered } from './ordered';
export { positiveOrdered } from './positiveOrdered';
export { real } from './real';
export { simplex } from './simplex';
export { sumToZero } from './sumToZero';
export type { Transform } from './transform';
export { transformOnto } from './transformOnto';
export { unitVector } from './unitVector';
export { upper } from './upper';

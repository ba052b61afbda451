/** Bijections from free real numbers onto supports, with the logarithms of their Jacobians. */
export { interval } from './interval';
export { lower } from './lower';
export { real } from './real';
export type { Transform } from './transform';
export { transformOnto } from './transformOnto';
export { upper } from './upper';

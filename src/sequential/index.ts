/** Sequential updating in general: draws of one posterior become the prior of the next. */
export { asPrior, type AsPriorOptions, type DrawnPrior } from './as-prior';
export { withPrior } from './with-prior';

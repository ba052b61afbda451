/** Covariance functions of Gaussian processes. */
export { linearCovariance, type LinearOptions } from './linear';
export { matern12, matern32, matern52 } from './matern';
export type { CovarianceOptions, ScaledOptions } from './options';
export { periodicCovariance, type PeriodicOptions } from './periodic';
export { rationalQuadratic, type RationalQuadraticOptions } from './rationalQuadratic';
export { squaredExponential } from './squaredExponential';

/** How well models predict: cross-validation, comparison, weights, scores and calibration. */

export { compare, type CompareOptions, Comparison, type ComparisonRow } from './compare';
export { Elpd, type ElpdMethod } from './elpd';
export { kFold, type KFoldOptions } from './k-fold';
export { FutureElpd, leaveFutureOut, type LeaveFutureOutOptions } from './leave-future-out';
export { LogLikelihood, logLikelihood, type LogLikelihoodOptions } from './log-likelihood';
export { loo, type LooOptions } from './loo';
export type { Refit } from './rows';
export {
  brierScore,
  type CalibrationErrorOptions,
  coverage,
  crps,
  expectedCalibrationError,
  logScore,
} from './scores';
export { waic } from './waic';

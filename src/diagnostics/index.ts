/** Diagnostics of draws: R-hat, effective sample sizes, Monte Carlo errors, E-BFMI. */

export { autocovariance } from './autocovariance';
export type { Chains } from './chains';
export { describe, type Description } from './describe';
export { ebfmi } from './energy';
export { essBulk, essMean, essQuantile, essSd, essTail } from './ess';
export { mcseMean, mcseQuantile, mcseSd } from './mcse';
export { type ParetoSmoothed, paretoSmooth } from './pareto-smoothing';
export { rhat } from './rhat';

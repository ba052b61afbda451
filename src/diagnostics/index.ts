/** Diagnostics of draws: convergence, Monte Carlo error, calibration, sensitivity, predictive checks. */

export { autocorrelation, autocovariance } from './autocovariance';
export type { Chains } from './chains';
export { describe, type Description } from './describe';
export { ecdfDifference, type EcdfDifference, type EcdfOptions } from './ecdf-band';
export { ebfmi } from './energy';
export { essBulk, essLocal, essMean, essQuantile, essSd, essTail } from './ess';
export { essEvolution, type EssStage } from './ess-evolution';
export { highestDensityInterval } from './highest-density';
export { type Density, type DensityOptions, kernelDensity } from './kernel-density';
export { looPit, type LooPitOptions } from './loo-pit';
export { mcseMean, mcseQuantile, mcseSd } from './mcse';
export { nestedRhat } from './nested-rhat';
export { priorPosteriorOverlap } from './overlap';
export { type ParetoSmoothed, paretoSmooth } from './pareto-smoothing';
export { powerScaleSensitivity } from './power-scaling';
export {
  type PredictiveCheck,
  predictiveCheck,
  type Replications,
  rootogram,
  type RootogramBar,
} from './predictive-check';
export { rankEcdf, type RankEcdf, type RankEcdfOptions } from './rank-ecdf';
export { rankHistogram, ranks } from './rank-histogram';
export { rhat } from './rhat';
export { sbcEcdf, sbcHistogram, sbcRank } from './simulation-based-calibration';

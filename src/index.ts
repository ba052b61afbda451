/** The package: models, distributions, operations on expressions, samplers, diagnostics, summaries. */
export * from './expr/functions';
export * from './expr/linear-algebra';
export * from './expr/special-functions';
export * from './expr/composed';
export type { Expression } from './expr';
export * from './distributions';
export * from './covariance';
export {
  correlation,
  correlationCholesky,
  covariance,
  covarianceCholesky,
  interval,
  lower,
  offsetMultiplier,
  ordered,
  positiveOrdered,
  simplex,
  sumToZero,
  unitVector,
  upper,
  type Transform,
} from './transforms';
export * from './model';
export * from './inference';
export * from './predictive';
export * from './tempering';
export * from './evidence';
export * from './comparison';
export {
  Summary,
  summarize,
  type Summarizable,
  type SummaryOptions,
  type SummaryRow,
  type Warning,
} from './report';
export type {
  DensityFunction,
  FunctionTarget,
  Layout,
  ModuleTarget,
  ProgramTarget,
  Quantity,
} from './target/target';
export {
  autocorrelation,
  autocovariance,
  type Chains,
  type Density,
  type DensityOptions,
  ebfmi,
  ecdfDifference,
  type EcdfDifference,
  type EcdfOptions,
  essBulk,
  essEvolution,
  type EssStage,
  essLocal,
  essMean,
  essQuantile,
  essSd,
  essTail,
  highestDensityInterval,
  kernelDensity,
  looPit,
  type LooPitOptions,
  mcseMean,
  mcseQuantile,
  mcseSd,
  nestedRhat,
  paretoSmooth,
  type ParetoSmoothed,
  powerScaleSensitivity,
  type PredictiveCheck,
  predictiveCheck,
  priorPosteriorOverlap,
  rankEcdf,
  type RankEcdf,
  type RankEcdfOptions,
  rankHistogram,
  ranks,
  type Replications,
  rhat,
  rootogram,
  type RootogramBar,
  sbcEcdf,
  sbcHistogram,
  sbcRank,
} from './diagnostics';
export { random, type RandomState, RandomStream } from './random';
export * from './conjugate';
export * from './sequential';

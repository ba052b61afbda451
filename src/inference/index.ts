/** Inference: samplers, the face of results, and densities of one's own. */

export { Approximation } from './approximation';
export type { Checkpoint, EarlierChain, EarlierRun, RunPlan, Snapshot } from './checkpoint';
export type { ContinueOptions } from './continuation';
export { Draws } from './draws';
export { Fit, type FitTiming, type SamplerStatistics } from './fit';
export { fromFunction, fromModule, type Shapes } from './from-function';
export { hmc, type HmcOptions } from './hmc';
export {
  type ChainRandom,
  type Kernel,
  type KernelChain,
  sampleWith,
  type SampleWithOptions,
  type Transition,
} from './kernel';
export * from './laplace';
export type { LowRankMetric } from './low-rank-metric';
export { NamedDraws } from './named-draws';
export { NewDraws } from './new-draws';
export { nuts, type NutsOptions } from './nuts';
export * from './optimize';
export * from './pathfinder';
export type { HamiltonianOptions, Progress, SamplerOptions } from './options';
export type { Ranks, Samplable } from './posterior';
export type { Ending, Failure } from './run';
export type { Metric, RunSettings } from './settings';
export * from './samplers';
export type { InitialValue, InitialValues } from './start';
export type { Initial } from './starts';
export type { Until } from './until';
export * from './stein';
export * from './variational';
export type { WorkerFactory, WorkerLike } from './worker/spawn';

/** Samplers that lead many particles or chains from an easy distribution to the posterior. */

export { parallelTempering, type ParallelTemperingOptions } from './parallel-tempering';
export { TemperedFit } from './tempered-fit';
export { ParticleFit, type TemperingStage } from './particle-fit';
export {
  type Reference,
  sequentialMonteCarlo,
  type SequentialMonteCarloOptions,
  type StageProgress,
} from './sequential-monte-carlo';

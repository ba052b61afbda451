/** Samplers that lead many particles or chains from an easy distribution to the posterior. */

export { parallelTempering, type ParallelTemperingOptions } from './parallel-tempering';
export { TemperedFit } from './tempered-fit';
export { ParticleFit } from './particle-fit';
export type { TemperingStage } from '../inference/tempered/particles';
export {
  type Reference,
  sequentialMonteCarlo,
  type SequentialMonteCarloOptions,
  type StageProgress,
} from './sequential-monte-carlo';

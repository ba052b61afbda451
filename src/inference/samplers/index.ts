/** Samplers beside `nuts` and `hmc`: of the full build of the module. */

export { ellipticalSlice, type EllipticalSliceOptions } from './elliptical-slice';
export { mclmc, type MclmcOptions } from './mclmc';
export { metropolis, type MetropolisOptions } from './metropolis';
export type { IndependenceProposal } from './independence';
export type { Proposal } from './proposal';
export { sliceSampling, type SliceSamplingOptions } from './slice-sampling';
export { walnuts, type WalnutsOptions } from './walnuts';

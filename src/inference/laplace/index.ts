/** The Laplace approximation. */

export { LaplaceApproximation, type Mode } from './approximation';
export { laplaceApproximation, type LaplaceOptions } from './laplace';
export type { HessianReport, LaplaceStructure } from './structure';
export { laplaceMarginal, LaplaceMarginalFit, type LaplaceMarginalOptions } from './marginal';

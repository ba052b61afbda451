/** Pictures of draws, predictions and calibration, as Vega-Lite specifications or SVG. */

export { autocorrelation } from './autocorrelation';
export { type BandOptions, looPit, paretoK, sbcEcdf, sbcHistogram } from './calibration';
export { density, type DensityPlotOptions, priorPosterior } from './density';
export { energy } from './energy';
export { essEvolution, essLocal, essQuantile } from './ess';
export { forest, type ForestOptions } from './forest';
export { pair } from './pair';
export { parallel } from './parallel';
export {
  ppcDensity,
  ppcEcdf,
  ppcGrouped,
  ppcRootogram,
  ppcStatistic,
  type StatisticOptions,
} from './predictive';
export type { Plottable } from './quantities';
export { rank, rankEcdf } from './rank';
export type { PlotOptions, Specification } from './specification';
export { toSVG } from './svg';
export { trace } from './trace';

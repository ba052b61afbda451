/** Predictions: draws of data, posterior and prior. */
export { predict, type PosteriorDraws, type PredictOptions } from './predict';
export { Predictions } from './predictions';
export { priorPredictive, type PriorPredictiveOptions } from './prior';
export {
  SimulationBasedCalibration,
  simulationBasedCalibration,
  type SimulationBasedCalibrationOptions,
} from './simulation-based-calibration';

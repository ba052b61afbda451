/** Model evidence: estimates of log p(data | model), Bayes factors, model averaging, empirical Bayes. */

export { averagePredictions, type AveragePredictionsOptions } from './average-predictions';
export { bridgeSampling, type BridgeSamplingOptions } from './bridge-sampling';
export {
  compareEvidence,
  type CompareEvidenceOptions,
  EvidenceComparison,
  type ModelRow,
} from './compare-evidence';
export {
  type EmpiricalBayes,
  empiricalBayes,
  type EmpiricalBayesOptions,
  type HyperparameterRanges,
} from './empirical-bayes';
export { elboEvidence, exactEvidence, laplaceEvidence, particleEvidence } from './from-results';
export { importanceSampling } from './importance-sampling';
export type { EvidenceMethod, LogEvidence } from './log-evidence';
export { steppingStones, thermodynamicIntegration } from './tempered';

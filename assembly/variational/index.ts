/** What the full build exports of variational inference. */

export { advanceVariational } from "./advance";
export { anchorBatches, anchorGradient, anchorPosition, createBatches, resumeBatches } from "./batches";
export { variationalDraws, variationalTerms } from "./draws";
export { beginVariational, logApproximation, unitsOf } from "./family";
export {
  adoptAverage,
  beginAverage,
  configureVariational,
  createVariational,
  variationalAverage,
  variationalBarren,
  variationalBlockBytes,
  variationalBytes,
  variationalEvaluations,
  variationalFailures,
  variationalIteration,
  variationalParameters,
} from "./run";
export { configureChoices } from "./score-function";

/** How well predictions were: proper scores, and calibration. */

import { requireInteger } from '../arguments';
import { logMeanExp } from '../diagnostics/log-sum-exp';

/**
 * Continuous ranked probability score of each observation, E|Y − y| − ½ E|Y − Y'| over predictive draws (Gneiting & Raftery
 * 2007): 0 is best, in the units of the observation; of a single draw the absolute error.
 *
 * @param observed n observations
 * @param predictions for each observation, its predictive draws
 * @throws RangeError when the lengths do not match, or there are no draws
 */
export function crps(observed: ArrayLike<number>, predictions: readonly ArrayLike<number>[]): Float64Array {
  checkLengths('crps', observed, predictions);
  return Float64Array.from(predictions, (draws, i) => {
    const sorted = Float64Array.from(draws).sort();
    const count = sorted.length;
    let distance = 0;
    let spread = 0;
    for (let k = 0; k < count; k++) {
      distance += Math.abs(sorted[k] - observed[i]) / count;
      // Σ_{j,k} |x_j − x_k| = 2 Σ_k (2k − n + 1) x_(k)
      spread += ((2 * k - count + 1) * sorted[k]) / (count * count);
    }
    return distance - spread;
  });
}

/**
 * Log score of each observation: log of the mean of its densities under the draws, log p(y | draws). Higher is better.
 *
 * @param logDensities for each observation, its log density under each draw (`logLikelihood` on new data)
 * @throws RangeError where there are no draws
 */
export function logScore(logDensities: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(logDensities, (values, i) => {
    if (values.length === 0) throw new RangeError(`logScore: observation ${i} has no draws`);
    return logMeanExp(Float64Array.from(values));
  });
}

/**
 * Share of the observations that lie in their central predictive intervals.
 *
 * @param observed n observations
 * @param predictions for each observation, its predictive draws
 * @param probability of the interval, in (0, 1); default 0.9, which the share should be near
 * @throws RangeError when the lengths do not match, or the probability is none
 */
export function coverage(
  observed: ArrayLike<number>,
  predictions: readonly ArrayLike<number>[],
  probability = 0.9,
): number {
  checkLengths('coverage', observed, predictions);
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`coverage: probability must be between 0 and 1, got ${probability}`);
  }
  let inside = 0;
  predictions.forEach((draws, i) => {
    const sorted = Float64Array.from(draws).sort();
    const tail = (1 - probability) / 2;
    if (quantile(sorted, tail) <= observed[i] && observed[i] <= quantile(sorted, 1 - tail)) inside++;
  });
  return inside / predictions.length;
}

/**
 * Brier score: mean squared distance of predicted probabilities from what happened (0 or 1). 0 is best.
 *
 * @throws RangeError when the lengths do not match, for probabilities that are none and outcomes other than 0 and 1
 */
export function brierScore(outcomes: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  checkProbabilities('brierScore', outcomes, probabilities);
  let sum = 0;
  for (let i = 0; i < outcomes.length; i++) sum += (probabilities[i] - outcomes[i]) ** 2;
  return sum / outcomes.length;
}

export interface CalibrationErrorOptions {
  /** Number of equally wide bins of predicted probability; default 10. */
  readonly bins?: number;
}

/**
 * Expected calibration error (Naeini, Cooper & Hauskrecht 2015): predicted probabilities are put into bins; mean over the
 * predictions of the distance between a bin's mean probability and the share of ones in it. 0 is best.
 *
 * @throws RangeError when the lengths do not match, for probabilities that are none and outcomes other than 0 and 1
 */
export function expectedCalibrationError(
  outcomes: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { bins = 10 }: CalibrationErrorOptions = {},
): number {
  checkProbabilities('expectedCalibrationError', outcomes, probabilities);
  requireInteger('expectedCalibrationError', 'bins', bins, 1);
  const gap = new Float64Array(bins);
  for (let i = 0; i < outcomes.length; i++) {
    gap[Math.min(bins - 1, Math.floor(bins * probabilities[i]))] += probabilities[i] - outcomes[i];
  }
  return gap.reduce((sum, value) => sum + Math.abs(value), 0) / outcomes.length;
}

/** With linear interpolation between order statistics. */
function quantile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

function checkLengths(
  name: string,
  observed: ArrayLike<number>,
  predictions: readonly ArrayLike<number>[],
): void {
  if (observed.length === 0 || predictions.length !== observed.length) {
    throw new RangeError(
      `${name}: expected predictions of each of ${observed.length} observations, got ${predictions.length}`,
    );
  }
  const empty = predictions.findIndex((draws) => draws.length === 0);
  if (empty >= 0) throw new RangeError(`${name}: observation ${empty} has no predictive draws`);
}

function checkProbabilities(
  name: string,
  outcomes: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): void {
  if (outcomes.length === 0 || probabilities.length !== outcomes.length) {
    throw new RangeError(
      `${name}: expected a probability of each of ${outcomes.length} outcomes, got ${probabilities.length}`,
    );
  }
  for (let i = 0; i < outcomes.length; i++) {
    if (outcomes[i] !== 0 && outcomes[i] !== 1) {
      throw new RangeError(`${name}: outcome ${i} must be 0 or 1, got ${outcomes[i]}`);
    }
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
      throw new RangeError(`${name}: probability ${i} must lie in [0, 1], got ${probabilities[i]}`);
    }
  }
}

/** Pareto-smoothed importance sampling (Vehtari, Simpson, Gelman, Yao and Gabry 2024, JMLR 25(72)). */

import { fitGeneralizedPareto, generalizedParetoQuantile } from './generalized-pareto';
import { logSumExp } from './log-sum-exp';
import { ascendingOrder, inOrder } from './order';

/** Importance weights with a smoothed tail. */
export interface ParetoSmoothed {
  /** Logarithms of the weights; the weights sum to 1. */
  readonly logWeights: Float64Array;
  /**
   * Tail index of the ratios. Above 0.7 (for fewer than 2200 draws, 1 − 1/log₁₀ n) averages with these weights cannot be
   * relied on. ∞ where the tail is too short to tell: of fewer than 21 draws, or of a handful that hold much
   * of the weight above draws that are all equal, or where log ratios are so large that rounding hides weights; −∞ where its weights are all equal.
   */
  readonly k: number;
}

/** Above this k importance weights cannot be relied on, however many draws there are (Vehtari et al. 2024). */
export const LARGEST_K = 0.7;
/** Fewer values than this say nothing about a tail. */
const SHORTEST_TAIL = 5;
/** Relative error of a log density: that of a sum of some thousand terms. */
const ROUNDING = 1024 * Number.EPSILON;
/** Log ratios that are no surer than this say nothing of weights. */
const UNSURE = 1;
/** Share of all weight that a handful of draws may hold without a tail of their own. */
const NEGLIGIBLE = 0.01;

/**
 * Smooths the largest importance ratios: they become the expected order statistics of a generalised Pareto distribution
 * fitted to them, cut off at the largest raw ratio.
 *
 * @param logRatios log target density minus log proposal density at each draw, up to a constant; −∞ is allowed
 * @param relativeEfficiency effective over actual number of the draws, default 1 (independent draws)
 * @param equal log ratios no farther apart than this may be those of one state, default 0: draws of whole numbers have
 *   many such, and where they make up half of the tail, it begins above them
 * @returns normalised log weights in the order of the draws, and the tail index
 * @throws RangeError when there are no ratios, when one is NaN or +∞, or when all are −∞
 */
export function paretoSmooth(logRatios: Float64Array, relativeEfficiency = 1, equal = 0): ParetoSmoothed {
  const n = logRatios.length;
  if (n === 0) throw new RangeError('paretoSmooth: expected at least one log ratio, got none');
  if (!(relativeEfficiency > 0)) {
    throw new RangeError(`paretoSmooth: relativeEfficiency must be above 0, got ${relativeEfficiency}`);
  }
  let largest = -Infinity;
  for (let i = 0; i < n; i++) {
    if (!(logRatios[i] < Infinity)) {
      throw new RangeError(`paretoSmooth: log ratio ${i} must be finite or -Infinity, got ${logRatios[i]}`);
    }
    largest = Math.max(largest, logRatios[i]);
  }
  if (largest === -Infinity) throw new RangeError('paretoSmooth: every log ratio is -Infinity');

  const shifted = logRatios.map((ratio) => ratio - largest);
  // Ratios are differences of log densities, and no surer than the rounding of these.
  const rounding = ROUNDING * Math.max(1, Math.abs(largest));
  const length = Math.ceil(Math.min(n / 5, 3 * Math.sqrt(n / relativeEfficiency)));
  const k = smoothTail(shifted, length, rounding, equal);
  const total = logSumExp(shifted);
  return { logWeights: shifted.map((weight) => weight - total), k };
}

/** Smooths the `length` largest of log weights whose maximum is 0, in place, unless they are equal up to rounding; returns the tail index. */
function smoothTail(logWeights: Float64Array, length: number, rounding: number, equal: number): number {
  if (length < SHORTEST_TAIL) return Infinity;
  const order = ascendingOrder(logWeights);
  let start = order.length - length;
  let tail = inOrder(logWeights, order.subarray(start));
  const end = logWeights[order[start - 1]] + equal;
  if (equal > 0 && tail[Math.floor(length / 2)] <= end) {
    const above = tail.filter((weight) => weight > end);
    if (above.length < SHORTEST_TAIL) {
      const held = above.reduce((sum, weight) => sum + Math.exp(weight), 0);
      return held <= NEGLIGIBLE * Math.exp(logSumExp(logWeights)) ? -Infinity : Infinity;
    }
    tail = above;
    length = above.length;
    start = order.length - length;
  }
  if (tail[length - 1] - tail[0] < rounding) return rounding < UNSURE ? -Infinity : Infinity;
  const cutoff = Math.exp(logWeights[order[start - 1]]);
  const pareto = fitGeneralizedPareto(tail.map((weight) => Math.exp(weight) - cutoff));
  if (!Number.isFinite(pareto.shape)) return pareto.shape;
  for (let i = 0; i < length; i++) {
    const smoothed = Math.log(cutoff + generalizedParetoQuantile(pareto, (i + 0.5) / length));
    logWeights[order[start + i]] = Math.min(smoothed, 0);
  }
  return pareto.shape;
}

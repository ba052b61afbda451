/**
 * Implicitly adaptive importance sampling (Paananen, Piironen, Bürkner & Vehtari 2021): draws of the posterior are shifted and
 * scaled to where the posterior without an observation is, and half of them are kept where they were.
 */

import { paretoSmooth } from '../diagnostics';
import { logSumExp } from '../diagnostics/log-sum-exp';
import {
  choleskyOf,
  covarianceOf,
  meanOf,
  solveLower,
  solveLowerTransposed,
  times,
  timesLower,
} from '../matrix';
import type { LeftOut } from './left-out';
import type { Pointwise } from './log-likelihood';

/** An affine map of positions and the log of its Jacobian. */
interface Moved {
  readonly positions: Float64Array;
  readonly logJacobian: number;
}

const MOST_ROUNDS = 30;

/** A better estimate for one observation; undefined where no transformation lowers its k. */
export function matchMoments(
  pointwise: Pointwise,
  positions: Float64Array,
  observation: number,
  k: number,
): LeftOut | undefined {
  const { space } = pointwise;
  const { dimension } = space;
  /** Log density without the observation, at moved positions, and the log likelihood of the observation there. */
  const without = (at: Float64Array): { readonly left: Float64Array; readonly own: Float64Array } => {
    const own = pointwise.at(at)[observation];
    return { left: space.logDensities(at).map((value, i) => value - own[i]), own };
  };
  const original = space.logDensities(positions);
  let current: Moved = { positions, logJacobian: 0 };
  let weights = smooth(ratios(without(positions).left, original));
  let best = k;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const better = [shifted, scaled, rotated].some((move) => {
      const next = move(current, weights.logWeights.map(Math.exp), dimension);
      if (next === undefined) return false;
      const tried = smooth(
        ratios(
          without(next.positions).left,
          original.map((value) => value - next.logJacobian),
        ),
      );
      if (!(tried.k < weights.k) || !(tried.k < best)) return false;
      current = next;
      weights = tried;
      best = tried.k;
      return true;
    });
    if (!better) break;
  }
  return current.positions === positions
    ? undefined
    : split(positions, current, dimension, without, (at) => space.logDensities(at));
}

function ratios(target: Float64Array, proposal: Float64Array): Float64Array {
  return target.map((value, i) => (value > -Infinity ? value - proposal[i] : -Infinity));
}

function smooth(logRatios: Float64Array): { readonly logWeights: Float64Array; readonly k: number } {
  return logRatios.some((value) => value > -Infinity && value < Infinity)
    ? paretoSmooth(logRatios.map((value) => (value < Infinity ? value : -Infinity)))
    : { logWeights: logRatios, k: Infinity };
}

/** Moves the mean to the weighted mean. */
function shifted({ positions, logJacobian }: Moved, weights: Float64Array, dimension: number): Moved {
  const from = meanOf(positions, dimension);
  const to = meanOf(positions, dimension, weights);
  return { positions: positions.map((x, k) => x - from[k % dimension] + to[k % dimension]), logJacobian };
}

/** Moves means and variances to the weighted ones. */
function scaled(
  { positions, logJacobian }: Moved,
  weights: Float64Array,
  dimension: number,
): Moved | undefined {
  const from = meanOf(positions, dimension);
  const to = meanOf(positions, dimension, weights);
  const before = covarianceOf(positions, from, positions.length / dimension);
  const after = covarianceOf(positions, to, weights);
  const factors = Float64Array.from({ length: dimension }, (_, i) =>
    Math.sqrt(after[i * dimension + i] / before[i * dimension + i]),
  );
  if (!factors.every((factor) => factor > 0 && factor < Infinity)) return undefined;
  return {
    positions: positions.map((x, k) => {
      const i = k % dimension;
      return (x - from[i]) * factors[i] + to[i];
    }),
    logJacobian: logJacobian + factors.reduce((sum, factor) => sum + Math.log(factor), 0),
  };
}

/** Moves means and covariances to the weighted ones. */
function rotated(
  { positions, logJacobian }: Moved,
  weights: Float64Array,
  dimension: number,
): Moved | undefined {
  const from = meanOf(positions, dimension);
  const to = meanOf(positions, dimension, weights);
  const before = choleskyOf(covarianceOf(positions, from, positions.length / dimension), dimension);
  const after = choleskyOf(covarianceOf(positions, to, weights), dimension);
  if (before === undefined || after === undefined) return undefined;
  let change = 0;
  for (let i = 0; i < dimension; i++) {
    change += Math.log(after[i * dimension + i] / before[i * dimension + i]);
  }
  const moved = new Float64Array(positions.length);
  const apart = new Float64Array(dimension);
  for (let at = 0; at < positions.length; at += dimension) {
    for (let i = 0; i < dimension; i++) apart[i] = positions[at + i] - from[i];
    timesLower(after, solveLower(before, apart)).forEach((x, i) => (moved[at + i] = to[i] + x));
  }
  return { positions: moved, logJacobian: logJacobian + change };
}

/**
 * The estimate with half the draws moved and half where they were, under the mixture of both proposals (§3.3): it covers
 * what y_i changes without losing what it leaves alone.
 */
function split(
  positions: Float64Array,
  { positions: moved, logJacobian }: Moved,
  dimension: number,
  without: (at: Float64Array) => { readonly left: Float64Array; readonly own: Float64Array },
  logDensities: (at: Float64Array) => Float64Array,
): LeftOut {
  const count = positions.length / dimension;
  const half = Math.floor(count / 2) * dimension;
  // The map is affine: the same one takes the second half's positions back.
  const mixed = Float64Array.from(positions);
  mixed.set(moved.subarray(0, half));
  const back = Float64Array.from(positions);
  const inverse = inverseOf(positions, moved, dimension);
  for (let at = half; at < positions.length; at += dimension) {
    back.set(inverse(positions.subarray(at, at + dimension)), at);
  }
  const there = logDensities(mixed);
  const origin = logDensities(back);
  const proposal = there.map((value, i) => logSumExp(Float64Array.of(value, origin[i] - logJacobian)));
  const { left, own } = without(mixed);
  const { logWeights, k } = smooth(ratios(left, proposal));
  return { elpd: logSumExp(own.map((value, i) => value + logWeights[i])), k };
}

/** The inverse of the affine map that took some positions to others, found from their means and covariances. */
function inverseOf(
  from: Float64Array,
  to: Float64Array,
  dimension: number,
): (position: Float64Array) => Float64Array {
  // Least squares of `from` on `to` is exact, for the map is affine.
  const count = from.length / dimension;
  const meanTo = meanOf(to, dimension);
  const meanFrom = meanOf(from, dimension);
  const factor = choleskyOf(covarianceOf(to, meanTo, count), dimension)!;
  const cross = new Float64Array(dimension * dimension);
  for (let at = 0; at < from.length; at += dimension) {
    for (let i = 0; i < dimension; i++) {
      for (let j = 0; j < dimension; j++) {
        cross[i * dimension + j] += ((from[at + i] - meanFrom[i]) * (to[at + j] - meanTo[j])) / count;
      }
    }
  }
  return (position) => {
    const apart = meanTo.map((mean, i) => position[i] - mean);
    const shift = times(cross, solveLowerTransposed(factor, solveLower(factor, apart)));
    return meanFrom.map((mean, i) => mean + shift[i]);
  };
}

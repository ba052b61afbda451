/** Draws by importance, Pareto-smoothed in the module, so that what is resampled is the same on every engine. */

import type { FullExports, Instance } from '../backend/wasm';

/** Fewer values than this say nothing about a tail. */
const SHORTEST_TAIL = 5;
/** Relative error of a log density, as in src/diagnostics/pareto-smoothing.ts. */
const ROUNDING = 1024 * Number.EPSILON;

/**
 * Which draws to take, with replacement, by their Pareto-smoothed importance ratios.
 *
 * @param logRatios log density minus log approximation at each draw; −∞ is allowed
 * @param count how many to take
 * @returns their numbers; the same seed gives the same ones
 * @throws RangeError when no draw has a finite ratio
 */
export function resample(
  instance: Instance<FullExports>,
  logRatios: Float64Array,
  count: number,
  seed: number,
): Int32Array {
  const n = logRatios.length;
  let largest = -Infinity;
  for (const ratio of logRatios) largest = Math.max(largest, ratio);
  if (!Number.isFinite(largest)) {
    throw new RangeError(
      `resample: expected a draw with a finite importance ratio, the largest is ${largest}`,
    );
  }
  const shifted = logRatios.map((ratio) => ratio - largest);
  smooth(
    instance,
    shifted,
    Math.ceil(Math.min(n / 5, 3 * Math.sqrt(n))),
    ROUNDING * Math.max(1, Math.abs(largest)),
  );
  const weights = instance.buffer(8 * n + 4 * count + 16);
  instance.view(weights, n).set(shifted);
  const indices = weights + 8 * n;
  instance.exports.sampleByWeight(weights, n, BigInt(seed), 0, count, indices);
  const bytes = instance.bytes(indices, 4 * count).slice();
  return new Int32Array(bytes.buffer);
}

/** Smooths the `length` largest of log weights whose maximum is 0, in place, unless they are equal up to rounding. */
function smooth(
  instance: Instance<FullExports>,
  logWeights: Float64Array,
  length: number,
  rounding: number,
): void {
  if (length < SHORTEST_TAIL) return;
  const order = Uint32Array.from(logWeights.keys()).sort((a, b) => logWeights[a] - logWeights[b] || a - b);
  const start = order.length - length;
  const tail = Float64Array.from(order.subarray(start), (draw) => logWeights[draw]);
  if (tail[length - 1] - tail[0] < rounding) return;
  const pointer = instance.buffer(16 * length);
  instance.view(pointer, length).set(tail);
  instance.exports.smoothTail(pointer, length, logWeights[order[start - 1]], pointer + 8 * length);
  instance.view(pointer, length).forEach((weight, i) => {
    logWeights[order[start + i]] = weight;
  });
}

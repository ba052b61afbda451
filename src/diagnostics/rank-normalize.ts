/** Rank normalisation: draws replaced by the normal scores of their ranks among all chains. */

import type { Halves } from './chains';
import { normalScore, normalScores } from './normal-scores';
import { ascendingOrder } from './order';

/**
 * Half-chains with each value replaced by the normal score of its rank; ties share the score of their mean rank.
 *
 * @param halves the half-chains
 * @param order an order that sorts their values
 * @param scored where the scores go
 */
export function normalHalves(
  halves: Halves,
  order = ascendingOrder(halves.values),
  scored = new Float64Array(order.length),
): Halves {
  score(halves.values, order, normalScores(order.length), scored);
  return { values: scored, count: halves.count, length: halves.length };
}

function score(values: Float64Array, order: Uint32Array, scores: Float64Array, scored: Float64Array): void {
  const n = order.length;
  for (let start = 0, end = 1; start < n; start = end++) {
    const first = order[start];
    const value = values[first];
    if (end === n || values[order[end]] !== value) {
      scored[first] = scores[start];
    } else {
      while (end < n && values[order[end]] === value) end++;
      shareScore(order, start, end, scored);
    }
  }
}

/** Gives ties, which stand from start to before end in the order, the score of their mean rank. */
function shareScore(order: Uint32Array, start: number, end: number, scored: Float64Array): void {
  const shared = normalScore((start + 1 + end) / 2, order.length);
  for (let i = start; i < end; i++) scored[order[i]] = shared;
}

/** Rank normalisation: draws replaced by the normal scores of their ranks among all chains. */

import type { Halves } from './chains';
import { normalScores } from './normal-scores';
import { ascendingOrder, doubledRanks } from './order';

/** Half-chains with each value replaced by its normal score. */
export function normalHalves(halves: Halves, order = ascendingOrder(halves.values)): Halves {
  const scores = normalScores(halves.values.length);
  const ranks = doubledRanks(halves.values, order);
  const values = new Float64Array(ranks.length);
  for (let i = 0; i < ranks.length; i++) values[i] = scores[ranks[i]];
  return { ...halves, values };
}

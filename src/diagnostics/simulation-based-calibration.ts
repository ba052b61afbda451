/** Simulation-based calibration: ranks of true values among draws, uniform for a correct sampler (Talts et al. 2018). */

import { ecdfDifference, type EcdfDifference } from './ecdf-band';

/**
 * Rank of a value among draws: how many of them lie below it, from 0 to their number. Draws should be independent: thin
 * them first.
 *
 * @param value the parameter that data were simulated from
 * @param draws of the posterior given these data
 * @param share in [0, 1): where among the t draws equal to it the value stands, with ⌊share·(t + 1)⌋ of them below.
 *   Default 0, none: right for continuous parameters. Ranks of discrete ones are uniform where the share is, at random.
 */
export function sbcRank(value: number, draws: ArrayLike<number>, share = 0): number {
  let below = 0;
  let equal = 0;
  for (let i = 0; i < draws.length; i++) {
    if (draws[i] < value) below++;
    else if (draws[i] === value) equal++;
  }
  return below + Math.floor(share * (equal + 1));
}

/**
 * Counts of ranks in bins of equal width.
 *
 * @param ranks one per simulation
 * @param draws number of draws that each rank is among
 * @param bins how many; default 20, or one for each rank if there are fewer
 */
export function sbcHistogram(
  ranks: ArrayLike<number>,
  draws: number,
  bins = Math.min(20, draws + 1),
): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < ranks.length; i++) counts[Math.floor((ranks[i] / (draws + 1)) * bins)]++;
  return counts;
}

/**
 * Distribution function of the ranks less that of uniform ranks, with a simultaneous band.
 *
 * @param ranks one per simulation
 * @param draws number of draws that each rank is among
 * @param probability that all of a correct sampler's curve stays within the band; default 0.95
 */
export function sbcEcdf(ranks: ArrayLike<number>, draws: number, probability = 0.95): EcdfDifference {
  const values = draws + 1;
  const stride = Math.max(1, Math.ceil(values / Math.min(100, ranks.length)));
  const points: number[] = [];
  for (let i = stride; i < values; i += stride) points.push(i / values);
  points.push(1);
  return ecdfDifference(
    Float64Array.from(ranks, (rank) => (rank + 1) / values),
    { points, probability },
  );
}

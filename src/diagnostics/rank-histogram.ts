/** Ranks of draws among all chains: evenly spread in every chain where the chains agree (Vehtari et al. 2021, section 4.3). */

import { type Chains, drawsPerChain, pool } from './chains';
import { ascendingOrder } from './order';

/**
 * Ranks of the draws among those of all chains, from 1; ties share their mean rank.
 *
 * @param chains one array of draws per chain
 * @returns arrays of the same lengths
 */
export function ranks(chains: Chains): Float64Array[] {
  const length = drawsPerChain(chains);
  const pooled = pool(chains);
  const order = ascendingOrder(pooled);
  const ranked = new Float64Array(pooled.length);
  for (let start = 0, end = 1; start < order.length; start = end++) {
    while (end < order.length && pooled[order[end]] === pooled[order[start]]) end++;
    for (let i = start; i < end; i++) ranked[order[i]] = (start + 1 + end) / 2;
  }
  return chains.map((_, chain) => ranked.subarray(chain * length, (chain + 1) * length));
}

/**
 * Counts of each chain's ranks in bins of equal width: draws per chain / bins everywhere if the chains agree.
 *
 * @param chains one array of draws per chain
 * @param bins how many; default 20
 * @returns per chain, the count of each bin
 */
export function rankHistogram(chains: Chains, bins = 20): number[][] {
  const total = drawsPerChain(chains) * chains.length;
  return ranks(chains).map((ranked) => {
    const counts = new Array<number>(bins).fill(0);
    for (const rank of ranked) counts[Math.floor(((rank - 0.5) / total) * bins)]++;
    return counts;
  });
}

/** How the effective sample size grows with the draws: along a straight line where the chains have mixed. */

import { type Chains, drawsPerChain } from './chains';
import { essBulk, essTail } from './ess';

/** Effective sample sizes of the first draws. */
export interface EssStage {
  /** Draws looked at, all chains together. */
  readonly draws: number;
  readonly bulk: number;
  readonly tail: number;
}

/**
 * Bulk and tail effective sample size of the first draws of every chain, for ever more of them.
 *
 * @param chains one array of draws per chain
 * @param stages how many, evenly spaced; default 20
 * @returns one entry per stage, the last with all draws
 */
export function essEvolution(chains: Chains, stages = 20): EssStage[] {
  const length = drawsPerChain(chains);
  return Array.from({ length: stages }, (_, i) => {
    const end = Math.floor((length * (i + 1)) / stages);
    const first = chains.map((chain) => chain.subarray(0, end));
    return { draws: end * chains.length, bulk: essBulk(first), tail: essTail(first) };
  });
}

/** Metropolis–Hastings with proposals that the user has written. */

import type { ChainRandom, Kernel } from '../kernel';

/** A proposal of one's own, from wherever the chain is. */
export interface Proposal {
  /**
   * Proposes another position, in the unconstrained space, with whole numbers at `posterior.integers`; must not write to the
   * one it is given.
   *
   * `logRatio`: log q(from | to) − log q(to | from), the Hastings correction; 0 (default) for a symmetric proposal.
   */
  propose(
    from: Float64Array,
    random: ChainRandom,
  ): { readonly position: Float64Array; readonly logRatio?: number };
}

/** Accepts with min(1, p(to) q(from | to) / (p(from) q(to | from))). */
export function proposalKernel(proposal: Proposal): Kernel {
  return {
    name: 'metropolis',
    transition(chain) {
      const from = chain.position;
      const { position, logRatio = 0 } = proposal.propose(from, chain.random);
      if (position?.length !== chain.dimension || Number.isNaN(logRatio)) {
        throw new RangeError(
          `metropolis: a proposal must give a position of ${chain.dimension} numbers and a logRatio that is a number, got ` +
            `${position?.length} numbers and ${String(logRatio)}`,
        );
      }
      const logDensity = chain.evaluate(position);
      const gain = logDensity - chain.logDensity + logRatio;
      // An exponential draw is minus the logarithm of a uniform one.
      const accepted = logDensity > -Infinity && gain >= -chain.random.exponential();
      return accepted
        ? { position, logDensity, acceptance: 1 }
        : { position: from, logDensity: chain.logDensity, acceptance: 0 };
    },
  };
}

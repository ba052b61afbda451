/** Nested R-hat: convergence of many short chains (Margossian, Hoffman, Sountsov, Riou-Durand, Vehtari and Gelman 2024). */

import { type Chains, drawsPerChain, isInformative } from './chains';
import { momentsOf } from './moments';

/**
 * Nested R-hat of superchains, each of which is several chains from one starting point: √(1 + B/W), B the variance of the
 * superchains' means, W the mean variance within a superchain (between its chains, plus within them). Unlike R-hat it is
 * meaningful for chains of a single draw each.
 *
 * @param chains one array of draws per chain
 * @param superchains for each chain, the number of the superchain it belongs to; at least two of them, all with equally
 *   many chains
 * @returns nested R-hat; NaN for constant or non-finite draws where there are four or more per chain
 * @throws RangeError when chains and superchains do not match
 */
export function nestedRhat(chains: Chains, superchains: readonly number[]): number {
  const length = drawsPerChain(chains);
  if (superchains.length !== chains.length) {
    throw new RangeError(
      `nestedRhat: expected a superchain for each of ${chains.length} chains, got ${superchains.length}`,
    );
  }
  const groups = [...new Set(superchains)].map((id) =>
    chains.filter((_, chain) => superchains[chain] === id),
  );
  if (groups.length < 2)
    throw new RangeError(`nestedRhat: expected at least 2 superchains, got ${groups.length}`);
  const unequal = groups.find((group) => group.length !== groups[0].length);
  if (unequal !== undefined) {
    throw new RangeError(
      `nestedRhat: superchains must have equally many chains, got ${groups[0].length} and ${unequal.length}`,
    );
  }
  if (length >= 4 && !isInformative(chains)) return NaN;
  const parts = groups.map((group) => {
    const moments = group.map((chain) => momentsOf(chain));
    const means = momentsOf(Float64Array.from(moments, ({ mean }) => mean));
    const between = group.length > 1 ? means.variance : 0;
    const within =
      length > 1 ? moments.reduce((total, { variance }) => total + variance, 0) / group.length : 0;
    return { mean: means.mean, within: between + within };
  });
  const between = momentsOf(Float64Array.from(parts, ({ mean }) => mean)).variance;
  const within = parts.reduce((total, part) => total + part.within, 0) / parts.length;
  return Math.sqrt(1 + between / within);
}

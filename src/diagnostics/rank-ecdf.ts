/** Whether chains agree: distribution functions of their ranks, with one band for all of them. */

import { quantileOf } from './binomial';
import { type Chains, drawsPerChain } from './chains';
import { hypergeometricDistribution } from './hypergeometric';
import { sortedQuantile } from './quantile';
import { ranks } from './rank-histogram';

export interface RankEcdfOptions {
  /** Steps at which chains are compared; default 50, fewer for few draws. */
  readonly steps?: number;
  /** Probability that the curves of all agreeing chains stay within the band; default 0.95. */
  readonly probability?: number;
}

export interface RankEcdf {
  /** Shares of all draws, ascending. */
  readonly points: Float64Array;
  /** Per chain: the share of its draws among the lowest of all, less that share. */
  readonly differences: readonly Float64Array[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Whether all chains stay within the band. */
  readonly inside: boolean;
}

/** Orderings of agreeing chains that are simulated to find how wide the band must be. */
const SIMULATIONS = 1000;

/**
 * Differences between the distribution functions of each chain's ranks and the uniform, with a simultaneous band
 * (Säilynoja, Bürkner and Vehtari 2022, section 3). The band is one of independent draws: dependent ones leave it more
 * often, so thin them first.
 *
 * @param chains two or more arrays of draws of equal length
 * @throws RangeError for a single chain, and for a probability outside (0, 1)
 */
export function rankEcdf(chains: Chains, options: RankEcdfOptions = {}): RankEcdf {
  const length = drawsPerChain(chains);
  const { probability = 0.95, steps = Math.min(50, length) } = options;
  if (chains.length < 2) throw new RangeError('rankEcdf: expected at least 2 chains, got 1');
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`rankEcdf: probability must lie in (0, 1), got ${probability}`);
  }
  const total = length * chains.length;
  const taken = Array.from({ length: steps - 1 }, (_, i) => Math.floor(((i + 1) / steps) * total));
  const tables = taken.map((lowest) => hypergeometricDistribution(total, length, lowest));
  const level = simulatedLevel(length, chains.length, taken, tables, 1 - probability);
  const lower = tables.map((table) => quantileOf(table, level / 2));
  const upper = tables.map((table) => quantileOf(table, 1 - level / 2));

  const counts = ranks(chains).map((ranked) => {
    const sorted = ranked.slice().sort();
    let below = 0;
    return taken.map((lowest) => {
      while (below < length && sorted[below] <= lowest) below++;
      return below;
    });
  });
  const points = Float64Array.from(taken, (lowest) => lowest / total);
  const relative = (values: readonly number[]): Float64Array =>
    Float64Array.from(values, (count, i) => count / length - points[i]);
  return {
    points,
    differences: counts.map(relative),
    lower: relative(lower),
    upper: relative(upper),
    inside: counts.every((row) => row.every((count, i) => count >= lower[i] && count <= upper[i])),
  };
}

/** The pointwise level at which a share of orderings of agreeing chains leaves the band somewhere. */
function simulatedLevel(
  length: number,
  chains: number,
  taken: readonly number[],
  tables: readonly Float64Array[],
  share: number,
): number {
  const order = Uint16Array.from({ length: length * chains }, (_, i) => i % chains);
  const next = uniforms(length * chains);
  const counts = new Int32Array(chains);
  const smallest = Float64Array.from({ length: SIMULATIONS }, () => {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      const swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    counts.fill(0);
    let least = 1;
    let at = 0;
    taken.forEach((lowest, i) => {
      for (; at < lowest; at++) counts[order[at]]++;
      for (const count of counts) {
        const below = tables[i][count];
        const above = count === 0 ? 1 : 1 - tables[i][count - 1];
        least = Math.min(least, 2 * below, 2 * above);
      }
    });
    return least;
  });
  return sortedQuantile(smallest.sort(), share);
}

/** Uniform numbers for the simulation, the same for every call: an xorshift generator (Marsaglia 2003). */
function uniforms(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

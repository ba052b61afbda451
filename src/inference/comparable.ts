/** Of chains of unequal lengths, those that are far enough along to be used together. */

/** Draws that are enough whatever other chains have. */
const ENOUGH = 100;

/**
 * The chains with a hundred draws, or a quarter of the longest one's. Chains run one after another where there are few
 * processors, and those that have hardly begun would cut the others, for all are taken as far as the shortest.
 */
export function comparable<C extends { readonly count: number }>(chains: readonly C[]): C[] {
  const longest = chains.reduce((most, { count }) => Math.max(most, count), 0);
  return chains.filter(({ count }) => count > 0 && count >= Math.min(ENOUGH, longest / 4));
}

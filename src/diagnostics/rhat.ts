/** R-hat: rank-normalised, of split chains, the larger of that for location and that for scale. */

import { type Chains, isInformative, pool, splitPooled } from './chains';
import { sortedQuantile } from './quantile';
import { normalHalves } from './rank-normalize';
import { type Spread, spreadOf } from './spread';

/** Potential scale reduction of half-chains (Gelman and Rubin 1992). */
export function rhatOfSpread({ within, total }: Spread): number {
  return Math.sqrt(total / within);
}

/** The larger R-hat; that of folded draws says nothing where they are all equal, as those of a fair coin. */
export function largerRhat(location: Spread, scale: Spread): number {
  const ofLocation = rhatOfSpread(location);
  return scale.total === 0 ? ofLocation : Math.max(ofLocation, rhatOfSpread(scale));
}

/**
 * R-hat: the larger of the rank-normalised split R-hat of the draws and of their distances from the median (Vehtari et
 * al. 2021). Chains that agree give 1; above 1.01 they have not mixed.
 *
 * @param chains one array of draws per chain; a single chain is compared with itself, half by half
 * @returns R-hat; NaN for constant or non-finite draws or fewer than 4; ∞ for chains each stuck at its own value
 */
export function rhat(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  const median = sortedQuantile(pooled.slice().sort(), 0.5);
  const folded = pooled.map((x) => Math.abs(x - median));
  const [location, scale] = [pooled, folded].map((values) =>
    spreadOf(normalHalves(splitPooled(values, chains.length))),
  );
  return largerRhat(location, scale);
}

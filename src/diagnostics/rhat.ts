/** R-hat: rank-normalised, of split chains, the larger of that for location and that for scale. */

import { type Chains, type Halves, isInformative, pool, splitPooled } from './chains';
import { sortedQuantile } from './quantile';
import { normalHalves } from './rank-normalize';

/** Potential scale reduction of half-chains (Gelman and Rubin 1992): √((between/within + n − 1)/n). */
export function rhatOfHalves({ values, count, length }: Halves): number {
  let within = 0;
  let between = 0;
  let grand = 0;
  for (let chain = 0; chain < count; chain++) {
    const start = chain * length;
    let mean = 0;
    for (let i = start; i < start + length; i++) mean += values[i];
    mean /= length;
    let squares = 0;
    for (let i = start; i < start + length; i++) squares += (values[i] - mean) ** 2;
    within += squares / (length - 1);
    const step = mean - grand;
    grand += step / (chain + 1);
    between += step * (mean - grand);
  }
  within /= count;
  between *= length / (count - 1);
  return Math.sqrt((between / within + length - 1) / length);
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
  return Math.max(
    rhatOfHalves(normalHalves(splitPooled(pooled, chains.length))),
    rhatOrLeast(normalHalves(splitPooled(folded, chains.length))),
  );
}

/** R-hat of folded draws; those of a two-valued quantity can all be equal, and then say nothing. */
export function rhatOrLeast(halves: Halves): number {
  const value = rhatOfHalves(halves);
  return Number.isNaN(value) ? 0 : value;
}

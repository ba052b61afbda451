/** Monte Carlo standard errors of the estimated mean, standard deviation and quantiles. */

import { betaQuantile } from './beta-quantile';
import { type Chains, isInformative, pool, splitPooled } from './chains';
import { essMean, essOfIndicator, essSd } from './ess';
import { momentsOf, sum, sumOfSquares } from './moments';
import { sortedQuantile } from './quantile';

/** Probabilities one standard error below and above the middle of a normal. */
const ONE_SIGMA = [0.1586553, 0.8413447] as const;

/**
 * Monte Carlo standard error of the mean: sd / √(ESS of the mean).
 *
 * @param chains one array of draws per chain
 * @returns the error in the draws' own unit; NaN for constant or non-finite draws or fewer than 4
 */
export function mcseMean(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  return Math.sqrt(momentsOf(pool(chains)).variance / essMean(chains));
}

/**
 * Monte Carlo standard error of the standard deviation, by the delta method from the variance of the variance (Kenney
 * and Keeping 1951), no normality assumed.
 *
 * @param chains one array of draws per chain
 * @returns the error in the draws' own unit; NaN as for {@link mcseMean}
 */
export function mcseSd(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  const { mean } = momentsOf(pooled);
  const squares = pooled.map((x) => (x - mean) * (x - mean));
  const variance = sum(squares) / squares.length;
  const ofSquares = sumOfSquares(squares, variance) / squares.length;
  return Math.sqrt(ofSquares / essSd(chains) / variance / 4);
}

/**
 * Monte Carlo standard error of a quantile: half the width of the interval of order statistics that holds it with the
 * probability of one standard error either way (Vehtari et al. 2021, section 4.4).
 *
 * @param chains one array of draws per chain
 * @param probability in [0, 1]
 * @returns the error in the draws' own unit; NaN as for {@link mcseMean}
 */
export function mcseQuantile(chains: Chains, probability: number): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  const sorted = pooled.slice().sort();
  const n = sorted.length;
  const ess = essOfIndicator(splitPooled(pooled, chains.length), sortedQuantile(sorted, probability));
  const [low, high] = ONE_SIGMA.map(
    (p) => n * betaQuantile(p, ess * probability + 1, ess * (1 - probability) + 1),
  );
  return (sorted[Math.min(Math.ceil(high), n) - 1] - sorted[Math.max(Math.floor(low), 1) - 1]) / 2;
}

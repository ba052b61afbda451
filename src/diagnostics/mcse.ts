/** Monte Carlo standard errors of the estimated mean, standard deviation and quantiles. */

import { betaQuantile } from './beta-quantile';
import { type Chains, isInformative, pool } from './chains';
import { essMean, essOfIndicator, essSd } from './ess';
import { sortedQuantile } from './quantile';

/** Probabilities one standard error below and above the middle of a normal. */
const ONE_SIGMA = [0.1586553, 0.8413447] as const;

/** Mean, sample variance (divisor n − 1) and fourth central moment (divisor n) of values. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly fourth: number;
}

export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  let fourths = 0;
  for (let i = 0; i < n; i++) {
    const square = (values[i] - mean) * (values[i] - mean);
    squares += square;
    fourths += square * square;
  }
  return { mean, variance: squares / (n - 1), fourth: fourths / n };
}

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
  const { variance, fourth } = momentsOf(pooled);
  const biased = (variance * (pooled.length - 1)) / pooled.length;
  return Math.sqrt((fourth - biased * biased) / essSd(chains) / biased / 4);
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
  const ess = essOfIndicator(pooled, chains.length, sortedQuantile(sorted, probability));
  const [low, high] = ONE_SIGMA.map(
    (p) => n * betaQuantile(p, ess * probability + 1, ess * (1 - probability) + 1),
  );
  return (sorted[Math.min(Math.ceil(high), n) - 1] - sorted[Math.max(Math.floor(low), 1) - 1]) / 2;
}

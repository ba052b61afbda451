/** Effective sample size: of the bulk, of the tails, and of the estimates of mean, sd and quantiles. */

import { MeanAutocovariance } from './autocovariance';
import { type Chains, type Halves, isInformative, pool, splitPooled } from './chains';
import { normalHalves } from './rank-normalize';
import { sortedQuantile } from './quantile';

/** Probabilities whose quantiles make up the tail ESS. */
const TAILS = [0.05, 0.95] as const;

/**
 * Effective sample size of the mean of half-chains, by Geyer's initial monotone sequence over the autocorrelations of
 * all of them together (Vehtari et al. 2021, equations 10–12). At most n·log₁₀(n) for antithetic chains.
 */
export function essOfHalves(halves: Halves): number {
  const { values, count, length } = halves;
  const n = count * length;
  const lags = new MeanAutocovariance(halves);
  const within = (lags.at(0) * length) / (length - 1);
  const total = lags.at(0) + varianceOfMeans(values, count, length);
  if (total === 0) return n;
  const correlation = (lag: number): number => 1 - (within - lags.at(lag)) / total;

  const rho = [1, correlation(1)];
  let even = 1;
  let odd = rho[1];
  let last = 0;
  while (last < length - 4 && even + odd > 0) {
    last += 2;
    even = correlation(last);
    odd = correlation(last + 1);
    rho.push(...(even + odd >= 0 ? [even, odd] : [0, 0]));
  }
  // A positive last even term, cut off with its pair, still lowers the variance of the estimate.
  if (even > 0) rho[last] = even;

  for (let t = 2; t <= last - 2; t += 2) {
    const previous = rho[t - 2] + rho[t - 1];
    if (rho[t] + rho[t + 1] > previous) rho[t] = rho[t + 1] = previous / 2;
  }
  let tau = -1 + rho[last];
  for (let t = 0; t < last; t++) tau += 2 * rho[t];
  return n / Math.max(tau, 1 / Math.log10(n));
}

/** Variance (divisor count − 1) of the means of half-chains. */
function varianceOfMeans(values: Float64Array, count: number, length: number): number {
  const means = Float64Array.from({ length: count }, (_, chain) => {
    let sum = 0;
    for (let i = chain * length; i < (chain + 1) * length; i++) sum += values[i];
    return sum / length;
  });
  const grand = means.reduce((a, b) => a + b) / count;
  return means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0) / (count - 1);
}

/** Effective sample size of the share of draws at or below a threshold. */
export function essOfIndicator(pooled: Float64Array, count: number, threshold: number): number {
  return essOfHalves(
    splitPooled(
      pooled.map((x) => (x <= threshold ? 1 : 0)),
      count,
    ),
  );
}

/**
 * Bulk effective sample size: that of the mean of the rank-normalised split chains. Comparable across quantities
 * whatever their scale or tails; want at least 100 per chain.
 *
 * @param chains one array of draws per chain
 * @returns the effective number of draws, all chains together; NaN for constant or non-finite draws or fewer than 4
 */
export function essBulk(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  return essOfHalves(normalHalves(splitPooled(pool(chains), chains.length)));
}

/**
 * Tail effective sample size: the smaller of those of the 5 % and 95 % quantiles.
 *
 * @param chains one array of draws per chain
 * @returns the effective number of draws; NaN as for {@link essBulk}
 */
export function essTail(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  const sorted = pooled.slice().sort();
  return Math.min(...TAILS.map((p) => essOfIndicator(pooled, chains.length, sortedQuantile(sorted, p))));
}

/**
 * Effective sample size for the mean of the draws as they are, without rank normalisation.
 *
 * @param chains one array of draws per chain
 * @returns the effective number of draws; NaN as for {@link essBulk}
 */
export function essMean(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  return essOfHalves(splitPooled(pool(chains), chains.length));
}

/**
 * Effective sample size for the standard deviation: that of the mean of squared deviations.
 *
 * @param chains one array of draws per chain
 * @returns the effective number of draws; NaN as for {@link essBulk}
 */
export function essSd(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  const mean = pooled.reduce((a, b) => a + b) / pooled.length;
  return essOfHalves(
    splitPooled(
      pooled.map((x) => (x - mean) ** 2),
      chains.length,
    ),
  );
}

/**
 * Effective sample size for a quantile: that of the share of draws at or below it.
 *
 * @param chains one array of draws per chain
 * @param probability in [0, 1]
 * @returns the effective number of draws; NaN as for {@link essBulk}
 */
export function essQuantile(chains: Chains, probability: number): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  return essOfIndicator(pooled, chains.length, sortedQuantile(pooled.slice().sort(), probability));
}

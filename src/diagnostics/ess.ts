/** Effective sample size: of the bulk, of the tails, and of the estimates of mean, sd and quantiles. */

import { MeanAutocovariance } from './autocovariance';
import { type Chains, type Halves, isInformative, pool, splitPooled } from './chains';
import { normalHalves } from './rank-normalize';
import { sortedQuantile } from './quantile';
import { type Spread, spreadOf } from './spread';

/** Probabilities whose quantiles make up the tail ESS. */
const TAILS = [0.05, 0.95] as const;

/**
 * Effective sample size of the mean of half-chains, by Geyer's initial monotone sequence over the autocorrelations of
 * all of them together (Vehtari et al. 2021, equations 10–12). At most n·log₁₀(n) for antithetic chains.
 */
export function essOfSpread(spread: Spread): number {
  const { count, length, within, total } = spread;
  const n = count * length;
  if (total === 0) return n;
  const lags = new MeanAutocovariance(spread);
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

/**
 * Effective sample size of the share of draws at or below a threshold.
 *
 * @param scratch storage for as many values as there are draws
 */
export function essOfIndicator(
  halves: Halves,
  threshold: number,
  scratch = new Float64Array(halves.values.length),
): number {
  const { values, count, length } = halves;
  indicate(values, -Infinity, threshold, scratch);
  return essOfSpread(spreadOf({ values: scratch, count, length }, scratch));
}

/** 1 for values from `low` to `high`, 0 for others. */
function indicate(values: Float64Array, low: number, high: number, into: Float64Array): void {
  for (let i = 0; i < values.length; i++) into[i] = values[i] >= low && values[i] <= high ? 1 : 0;
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
  return essOfSpread(spreadOf(normalHalves(splitPooled(pool(chains), chains.length))));
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
  const halves = splitPooled(pooled, chains.length);
  return Math.min(...TAILS.map((p) => essOfIndicator(halves, sortedQuantile(sorted, p))));
}

/**
 * Effective sample size for the mean of the draws as they are, without rank normalisation.
 *
 * @param chains one array of draws per chain
 * @returns the effective number of draws; NaN as for {@link essBulk}
 */
export function essMean(chains: Chains): number {
  if (!isInformative(chains)) return NaN;
  return essOfSpread(spreadOf(splitPooled(pool(chains), chains.length)));
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
  const squares = pooled.map((x) => (x - mean) * (x - mean));
  return essOfSpread(spreadOf(splitPooled(squares, chains.length)));
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
  return essOfIndicator(
    splitPooled(pooled, chains.length),
    sortedQuantile(pooled.slice().sort(), probability),
  );
}

/**
 * Effective sample size of the share of draws between two quantiles: how well a piece of the distribution is explored.
 *
 * @param chains one array of draws per chain
 * @param from probability of the lower quantile
 * @param to probability of the upper quantile
 * @returns the effective number of draws; NaN as for {@link essBulk}
 */
export function essLocal(chains: Chains, from: number, to: number): number {
  if (!isInformative(chains)) return NaN;
  const pooled = pool(chains);
  const sorted = pooled.slice().sort();
  const { values, count, length } = splitPooled(pooled, chains.length);
  const inside = new Float64Array(values.length);
  indicate(values, sortedQuantile(sorted, from), sortedQuantile(sorted, to), inside);
  return essOfSpread(spreadOf({ values: inside, count, length }, inside));
}

/** Everything a summary says of one scalar quantity, from one sort of its draws. */

import { type Chains, drawsPerChain, isInformative, pool, splitPooled } from './chains';
import { essOfHalves, essOfIndicator } from './ess';
import { momentsOf } from './mcse';
import { ascendingOrder, foldedOrder, inOrder } from './order';
import { sortedQuantile } from './quantile';
import { normalHalves } from './rank-normalize';
import { rhatOfHalves, rhatOrLeast } from './rhat';

/** Estimates for one scalar quantity and how far they can be trusted. */
export interface Description {
  readonly mean: number;
  /** Standard deviation, divisor n − 1. */
  readonly sd: number;
  /** Monte Carlo standard error of the mean. */
  readonly mcseMean: number;
  readonly q5: number;
  readonly q50: number;
  readonly q95: number;
  readonly rhat: number;
  readonly essBulk: number;
  readonly essTail: number;
}

/**
 * Mean, sd, Monte Carlo error, quantiles, R-hat and effective sample sizes: the same values as the functions of these
 * names, at a fraction of their cost.
 *
 * @param chains one array of draws per chain, at least one draw
 * @returns the estimates; R-hat, ESS and MCSE are NaN for constant or non-finite draws or fewer than 4 per chain, and
 *   the quantiles when a draw is NaN
 * @throws Error when there are no chains, no draws, or chains of unequal lengths
 */
export function describe(chains: Chains): Description {
  const count = chains.length;
  if (drawsPerChain(chains) === 0)
    throw new Error('diagnostics: expected at least one draw per chain, got none');
  const pooled = pool(chains);
  const { mean, variance } = momentsOf(pooled);
  const sd = Math.sqrt(variance);
  if (!isInformative(chains)) {
    const sorted = pooled.some(Number.isNaN) ? new Float64Array([NaN]) : pooled.slice().sort();
    const [q5, q50, q95] = [0.05, 0.5, 0.95].map((p) => sortedQuantile(sorted, p));
    return { mean, sd, mcseMean: NaN, q5, q50, q95, rhat: NaN, essBulk: NaN, essTail: NaN };
  }

  const order = ascendingOrder(pooled);
  const sorted = inOrder(pooled, order);
  const [q5, q50, q95] = [0.05, 0.5, 0.95].map((p) => sortedQuantile(sorted, p));

  const halves = splitPooled(pooled, count);
  const whole = halves.values === pooled;
  const halvesOrder = whole ? order : ascendingOrder(halves.values);
  const halvesSorted = whole ? sorted : inOrder(halves.values, halvesOrder);
  const location = normalHalves(halves, halvesOrder);
  const folded = { ...halves, values: halves.values.map((x) => Math.abs(x - q50)) };
  const scale = normalHalves(folded, foldedOrder(halvesSorted, halvesOrder, q50));

  return {
    mean,
    sd,
    mcseMean: Math.sqrt(variance / essOfHalves(halves)),
    q5,
    q50,
    q95,
    rhat: Math.max(rhatOfHalves(location), rhatOrLeast(scale)),
    essBulk: essOfHalves(location),
    essTail: Math.min(essOfIndicator(pooled, count, q5), essOfIndicator(pooled, count, q95)),
  };
}

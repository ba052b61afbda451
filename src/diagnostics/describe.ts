/** Everything a summary says of one scalar quantity, from one sort of its draws. */

import { type Chains, drawsPerChain, isLongEnough, isSpread, pool, splitPooled } from './chains';
import { essOfIndicator, essOfSpread } from './ess';
import { momentsOf } from './moments';
import { ascendingOrder, foldedOrder, inOrder, OrderStorage } from './order';
import { sortedQuantile } from './quantile';
import { normalHalves } from './rank-normalize';
import { largerRhat } from './rhat';
import { spreadOf } from './spread';

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

/** Arrays for describing n draws, used again from quantity to quantity: making them anew costs more than the sums. */
class Storage {
  readonly pooled: Float64Array<ArrayBuffer>;
  readonly sorted: Float64Array<ArrayBuffer>;
  readonly folded: Float64Array<ArrayBuffer>;
  readonly foldedOrder: Uint32Array<ArrayBuffer>;
  readonly series: Float64Array<ArrayBuffer>;
  readonly order: OrderStorage;

  constructor(readonly size: number) {
    this.pooled = new Float64Array(size);
    this.sorted = new Float64Array(size);
    this.folded = new Float64Array(size);
    this.foldedOrder = new Uint32Array(size);
    this.series = new Float64Array(size);
    this.order = new OrderStorage(size);
  }
}

let storage = new Storage(0);

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
  const size = chains.length * drawsPerChain(chains);
  if (size === 0) throw new Error('diagnostics: expected at least one draw per chain, got none');
  if (storage.size !== size) storage = new Storage(size);
  const pooled = pool(chains, storage.pooled);
  const order = ascendingOrder(pooled, storage.order);
  const sorted = inOrder(pooled, order, storage.sorted);
  const low = sorted[0];
  const high = sorted[size - 1];

  const { mean, variance } = momentsOf(pooled);
  const quantile = (p: number): number =>
    Number.isNaN(low) || Number.isNaN(high) ? NaN : sortedQuantile(sorted, p);
  const [q5, q50, q95] = [0.05, 0.5, 0.95].map(quantile);
  const sd = Math.sqrt(variance);
  if (!isLongEnough(chains) || !isSpread(low, high)) {
    return { mean, sd, mcseMean: NaN, q5, q50, q95, rhat: NaN, essBulk: NaN, essTail: NaN };
  }

  const halves = splitPooled(pooled, chains.length);
  // Of an odd number of draws the middle ones are left out, and the others ordered anew.
  const whole = halves.values === pooled;
  const halvesOrder = whole ? order : ascendingOrder(halves.values);
  const halvesSorted = whole ? sorted : inOrder(halves.values, halvesOrder);

  // All series take the same place, one after the other.
  const { series } = storage;
  const location = spreadOf(normalHalves(halves, halvesOrder, series), series);
  const essBulk = essOfSpread(location);
  const { count, length } = halves;
  const folded = { values: distances(halves.values, q50, storage.folded), count, length };
  const distanceOrder = foldedOrder(
    halvesSorted,
    halvesOrder,
    q50,
    storage.foldedOrder.subarray(0, halvesOrder.length),
  );
  const scale = spreadOf(normalHalves(folded, distanceOrder, series), series);
  return {
    mean,
    sd,
    mcseMean: Math.sqrt(variance / essOfSpread(spreadOf(halves, series))),
    q5,
    q50,
    q95,
    rhat: largerRhat(location, scale),
    essBulk,
    essTail: Math.min(essOfIndicator(halves, q5, series), essOfIndicator(halves, q95, series)),
  };
}

function distances(values: Float64Array, center: number, into: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) into[i] = Math.abs(values[i] - center);
  return into;
}

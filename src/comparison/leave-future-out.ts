/** Leave-future-out validation: predictions of a time series from its past. */

import { requireInteger } from '../arguments';
import { paretoSmooth } from '../diagnostics';
import { logSumExp } from '../diagnostics/log-sum-exp';
import type { NamedDraws } from '../inference';
import type { Posterior } from '../model';
import { requireKnownOptions } from '../model/known-options';
import { Elpd } from './elpd';
import { elementsOf } from './k-fold';
import { type LogLikelihood, logLikelihood } from './log-likelihood';
import { kThreshold } from './left-out';
import { type Refit, requireRefit, Rows } from './rows';

export interface LeaveFutureOutOptions {
  /** Samples a posterior, such as `(posterior) => nuts(posterior, { seed: 1 })`. */
  readonly sample: Refit;
  /** Rows that are seen before the first prediction. */
  readonly start: number;
  /** Rows that are predicted together; default 1. */
  readonly steps?: number;
  /** Observed variables to predict, by name; all by default. */
  readonly names?: readonly string[];
  /** Ends the validation early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (row: number, rows: number) => void;
}

const OPTIONS = ['sample', 'start', 'steps', 'names', 'signal', 'onProgress'];

/** Predictions of the rows from `start` on. */
export class FutureElpd extends Elpd {
  /** How often the model was sampled. */
  readonly refits: number;

  constructor(elpd: Float64Array, refits: number) {
    super({ method: 'leave-future-out', pointwise: { elpd }, warnings: [] });
    this.refits = refits;
  }
}

/**
 * Σ log p(y_{t+1..t+steps} | y_{1..t}) over t ≥ start (Bürkner, Gabry & Vehtari 2020): draws are carried forward by
 * importance weights, and the model is sampled anew when their Pareto k grows too large.
 *
 * The pointwise log likelihoods must be those of each row given the rows before it, as they are where the model observes a
 * row at a time or independent rows.
 *
 * @param posterior the conditioned model; what is observed lies along one named dimension, in time order
 * @throws RangeError where rows cannot be left out, and for options that make no sense
 */
export async function leaveFutureOut(
  posterior: Posterior,
  options: LeaveFutureOutOptions,
): Promise<FutureElpd> {
  requireKnownOptions('leaveFutureOut', options, OPTIONS);
  const { sample, start, steps = 1, names, signal, onProgress } = options;
  requireRefit('leaveFutureOut', sample);
  const rows = Rows.of('leaveFutureOut', posterior, names);
  requireInteger('leaveFutureOut', 'start', start, 1, rows.count - 1);
  requireInteger('leaveFutureOut', 'steps', steps, 1, rows.count - start);
  const past = (count: number): number[] => Array.from({ length: count }, (_, row) => row);
  const refit = async (count: number): Promise<{ fit: NamedDraws; byRow: Float64Array[] }> => {
    const fit = await sample(rows.given(past(count)));
    return {
      fit,
      byRow: rowLikelihoods(await logLikelihood(posterior, fit, names && { names }), rows.count),
    };
  };
  let refits = 1;
  let { byRow } = await refit(start);
  let since = start;
  const elpd = new Float64Array(rows.count - start - steps + 1);
  for (let t = start; t + steps <= rows.count; t++) {
    signal?.throwIfAborted();
    let logWeights = weightsOf(byRow, since, t);
    if (logWeights === undefined) {
      ({ byRow } = await refit(t));
      since = t;
      refits++;
      logWeights = weightsOf(byRow, since, t)!;
    }
    const future = logWeights.map((weight, draw) => {
      let value = weight;
      for (let row = t; row < t + steps; row++) value += byRow[row][draw];
      return value;
    });
    elpd[t - start] = logSumExp(future);
    onProgress?.(t + steps, rows.count);
  }
  return new FutureElpd(elpd, refits);
}

/** Log weights that carry draws made at one time forward to another; undefined where they cannot be trusted. */
function weightsOf(byRow: readonly Float64Array[], from: number, to: number): Float64Array | undefined {
  const draws = byRow[0].length;
  const ratios = new Float64Array(draws);
  if (from === to) return ratios.fill(-Math.log(draws));
  for (let row = from; row < to; row++) byRow[row].forEach((value, draw) => (ratios[draw] += value));
  const { logWeights, k } = paretoSmooth(ratios);
  return k <= kThreshold(draws) ? logWeights : undefined;
}

/** Of each row the log likelihoods of all draws. */
function rowLikelihoods(likelihood: LogLikelihood, count: number): Float64Array[] {
  const rowOf = elementsOf(likelihood.layout.quantities, count);
  const draws = likelihood.drawsPerChain * likelihood.quantityDraws(0).length;
  const rows = Array.from({ length: count }, () => new Float64Array(draws));
  for (let i = 0; i < likelihood.observations; i++) {
    const row = rows[rowOf(i)];
    likelihood
      .quantityDraws(i)
      .flatMap((chain) => [...chain])
      .forEach((value, draw) => (row[draw] += value));
  }
  return rows;
}

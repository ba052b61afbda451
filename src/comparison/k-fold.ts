/** K-fold cross-validation: the model sampled anew without each part of its rows. */

import type { Posterior } from '../model';
import { requireKnownOptions } from '../model/known-options';
import { random } from '../random';
import { Elpd } from './elpd';
import { logLikelihood } from './log-likelihood';
import { logPredictive } from './left-out';
import { type Refit, requireRefit, Rows } from './rows';

export interface KFoldOptions {
  /** Samples a posterior, such as `(posterior) => nuts(posterior, { seed: 1 })`. */
  readonly sample: Refit;
  /** Number of parts; default 10, at most as many as there are rows. */
  readonly folds?: number;
  /** Integer in [0, 2⁵³) that decides which rows go together; default 0. */
  readonly seed?: number;
  /** The group of each row; groups stay together, so that predictions are for new groups. */
  readonly groups?: ArrayLike<number | string>;
  /** Observed variables to predict, by name; all by default. */
  readonly names?: readonly string[];
  /** Ends the validation early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (fold: number, folds: number) => void;
}

const OPTIONS = ['sample', 'folds', 'seed', 'groups', 'names', 'signal', 'onProgress'];

/**
 * The expected log predictive density of each row given the other parts (Vehtari & Ojanen 2012).
 *
 * @param posterior the conditioned model; what is observed lies along one named dimension
 * @throws RangeError where rows cannot be left out, and for options that make no sense
 */
export async function kFold(posterior: Posterior, options: KFoldOptions): Promise<Elpd> {
  requireKnownOptions('kFold', options, OPTIONS);
  const { sample, folds = 10, seed = 0, groups, names, signal, onProgress } = options;
  requireRefit('kFold', sample);
  const rows = Rows.of('kFold', posterior, names);
  if (groups !== undefined && groups.length !== rows.count) {
    throw new RangeError(`kFold: groups must have ${rows.count} elements, one a row, got ${groups.length}`);
  }
  const units = groups === undefined ? rows.count : new Set(Array.from(groups)).size;
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= units)) {
    const what = groups === undefined ? 'rows' : 'groups';
    throw new RangeError(
      `kFold: folds must be an integer from 2 to ${units}, the number of ${what}, got ${folds}`,
    );
  }
  const order = (await random(seed)).permutation(units);
  const members = groups === undefined ? undefined : [...new Set(Array.from(groups))];
  const foldOf = new Map(Array.from(order, (unit, place) => [members ? members[unit] : unit, place % folds]));
  const folded = Array.from({ length: rows.count }, (_, row) => foldOf.get(groups ? groups[row] : row)!);

  let elpd: Float64Array | undefined;
  const fitted = new Map<number, number>();
  for (let fold = 0; fold < folds; fold++) {
    signal?.throwIfAborted();
    const left = [...folded.keys()].filter((row) => folded[row] === fold);
    const fit = await sample(rows.without(left));
    const likelihood = await logLikelihood(posterior, fit, names && { names });
    elpd ??= new Float64Array(likelihood.observations);
    const perRow = elementsOf(likelihood.layout.quantities, rows.count);
    for (let i = 0; i < likelihood.observations; i++) {
      const value = logPredictive(likelihood.quantityDraws(i));
      if (folded[perRow(i)] === fold) elpd[i] = value;
      else fitted.set(i, (fitted.get(i) ?? 0) + value / (folds - 1));
    }
    onProgress?.(fold + 1, folds);
  }
  const p = elpd!.map((value, i) => fitted.get(i)! - value);
  return new Elpd({ method: 'K-fold', pointwise: { elpd: elpd!, p }, warnings: [] });
}

/** The row of each scalar observation. */
export function elementsOf(
  quantities: readonly { readonly offset: number; readonly shape: readonly number[] }[],
  rows: number,
): (observation: number) => number {
  return (observation) => {
    const { offset, shape } = quantities.findLast((quantity) => quantity.offset <= observation)!;
    const size = shape.reduce((product, length) => product * length, 1);
    return Math.floor((observation - offset) / (size / rows));
  };
}

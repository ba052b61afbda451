/** Empirical Bayes: hyperparameters chosen by maximising the evidence (type II maximum likelihood). */

import { requireKnownOptions } from '../model/known-options';

/** Positive hyperparameters and where to look for them: [lower, upper]. */
export type HyperparameterRanges = Readonly<Record<string, readonly [number, number]>>;

export interface EmpiricalBayesOptions {
  /** Relative precision of the hyperparameters; default 1e-6. */
  readonly tolerance?: number;
  /** Most evaluations of the evidence; default 500. */
  readonly maxEvaluations?: number;
  /** Ends the search early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface EmpiricalBayes<H extends HyperparameterRanges> {
  /** The hyperparameters whose evidence is highest. */
  readonly hyperparameters: { readonly [N in keyof H]: number };
  readonly logEvidence: number;
  readonly evaluations: number;
  /** Whether the precision was reached. */
  readonly converged: boolean;
  /** Hyperparameters that ended at the edge of their range: the maximum may lie beyond. */
  readonly atEdge: readonly (keyof H & string)[];
}

/** The golden section. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Maximises a log evidence over positive hyperparameters, by golden-section searches along each in turn on the logarithmic
 * scale, until none moves any more. The evidence should be smooth and without noise: closed forms, Laplace approximations.
 *
 * @param ranges where to look, by name; bounds are positive
 * @param logEvidence log p(data | hyperparameters), or a promise of it
 * @throws RangeError for ranges that make no sense, and where no evidence is finite
 */
export async function empiricalBayes<const H extends HyperparameterRanges>(
  ranges: H,
  logEvidence: (hyperparameters: { readonly [N in keyof H]: number }) => number | Promise<number>,
  options: EmpiricalBayesOptions = {},
): Promise<EmpiricalBayes<H>> {
  requireKnownOptions('empiricalBayes', options, ['tolerance', 'maxEvaluations', 'signal']);
  const { tolerance = 1e-6, maxEvaluations = 500, signal } = options;
  const names = Object.keys(ranges) as (keyof H & string)[];
  if (names.length === 0) throw new RangeError('empiricalBayes: there are no hyperparameters');
  for (const name of names) {
    const [lower, upper] = ranges[name];
    if (!(lower > 0 && upper > lower && upper < Infinity)) {
      throw new RangeError(
        `empiricalBayes: the range of '${name}' must be [lower, upper] with 0 < lower < upper, got [${lower}, ${upper}]`,
      );
    }
  }
  if (!(tolerance > 0)) throw new RangeError(`empiricalBayes: tolerance must be > 0, got ${tolerance}`);
  const bounds = names.map((name) => ranges[name].map(Math.log));
  const point = bounds.map(([lower, upper]) => (lower + upper) / 2);
  let evaluations = 0;
  const at = async (logs: readonly number[]): Promise<number> => {
    signal?.throwIfAborted();
    evaluations++;
    const named = Object.fromEntries(names.map((name, i) => [name, Math.exp(logs[i])]));
    const value = await logEvidence(named as { readonly [N in keyof H]: number });
    return Number.isNaN(value) ? -Infinity : value;
  };
  let best = await at(point);
  let converged = false;
  let width = bounds.map(([lower, upper]) => upper - lower);
  while (!converged && evaluations < maxEvaluations) {
    const before = [...point];
    let precise = true;
    for (let i = 0; i < names.length && evaluations < maxEvaluations; i++) {
      const [lower, upper] = bounds[i];
      let left = Math.max(lower, point[i] - width[i]);
      let right = Math.min(upper, point[i] + width[i]);
      const along = (x: number): Promise<number> => at(point.map((value, j) => (j === i ? x : value)));
      let a = right - GOLDEN * (right - left);
      let b = left + GOLDEN * (right - left);
      let [fa, fb] = [await along(a), await along(b)];
      while (right - left > tolerance / 2 && evaluations < maxEvaluations) {
        if (fa > fb) {
          [right, b, fb] = [b, a, fa];
          a = right - GOLDEN * (right - left);
          fa = await along(a);
        } else {
          [left, a, fa] = [a, b, fb];
          b = left + GOLDEN * (right - left);
          fb = await along(b);
        }
      }
      precise &&= right - left <= tolerance / 2;
      const [x, value] = fa > fb ? [a, fa] : [b, fb];
      if (value > best) [point[i], best] = [x, value];
    }
    const moved = Math.max(...point.map((x, i) => Math.abs(x - before[i])));
    converged = precise && (names.length === 1 || moved < tolerance);
    // Later searches look around where the earlier ones ended.
    width = width.map((w) => Math.min(w, Math.max(8 * moved, 16 * tolerance)));
  }
  if (!Number.isFinite(best)) {
    throw new RangeError('empiricalBayes: the log evidence was not finite anywhere it was looked at');
  }
  const atEdge = names.filter((_, i) => bounds[i].some((edge) => Math.abs(point[i] - edge) < 2 * tolerance));
  const hyperparameters = Object.fromEntries(names.map((name, i) => [name, Math.exp(point[i])]));
  return {
    hyperparameters: hyperparameters as { readonly [N in keyof H]: number },
    logEvidence: best,
    evaluations,
    converged,
    atEdge,
  };
}

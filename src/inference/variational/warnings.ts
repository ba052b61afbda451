/** What to know before relying on a variational approximation, in plain words. */

import { LARGEST_K } from '../../diagnostics/pareto-smoothing';

/** What the warnings are made from. */
export interface Judged {
  readonly settings: { readonly maxIterations: number };
  readonly converged: boolean;
  readonly iterations: number;
  readonly paretoK: number;
  readonly nonFinite: number;
  readonly gradientEvaluations: number;
  /** Of the posterior, at each draw of the result. */
  readonly logDensities: Float64Array;
  readonly trace: { readonly rows: 'all' | 'batches' };
}

/** Above this, the variance of importance weights is infinite. */
const DOUBTFUL = 0.5;
/** Fewer draws than this have no tail to fit a distribution to. */
const LEAST_DRAWS = 25;
/** Share of draws without a finite density that deserves a word. */
const MANY_FAILURES = 0.01;

export function warningsOf({
  settings,
  converged,
  iterations,
  paretoK,
  nonFinite,
  gradientEvaluations,
  logDensities,
  trace,
}: Judged): string[] {
  const warnings: string[] = [];
  if (!converged) {
    const remedy =
      iterations < settings.maxIterations
        ? 'Its steps had become as small as they may be: allow a larger precision or tolerance, or take more drawsPerStep'
        : 'Raise maxIterations';
    warnings.push(
      `The optimisation stopped after ${iterations} iterations before its stopping rule was satisfied: the approximation ` +
        `may still be far from the best of its family. ${remedy}${trace.rows === 'batches' ? ', or take larger batches' : ''}.`,
    );
  }
  const draws = logDensities.length;
  const outside = logDensities.filter((value) => value === -Infinity).length;
  if (outside > 0) {
    warnings.push(
      `${outside} of ${draws} draws lie where the posterior has no density, so that the bound is −∞, and was climbed ` +
        `without such draws: the approximation reaches beyond the posterior's support. Keep the parameters to it by bounds ` +
        `or a guide; resample() leaves such draws out.`,
    );
  }
  const k = paretoK === Infinity ? 'infinite' : paretoK.toFixed(2);
  if (paretoK === Infinity && draws < LEAST_DRAWS) {
    warnings.push(
      'Pareto k cannot be told from so few draws, nor how good the approximation is: ask for 25 or more.',
    );
  } else if (!(paretoK <= LARGEST_K)) {
    warnings.push(
      `Pareto k is ${k}, above ${LARGEST_K}: the approximation misses parts of the posterior (variational ` +
        `approximations tend to be too narrow), and importance weights cannot make up for it. Use a richer family, ` +
        `or NUTS.`,
    );
  } else if (paretoK > DOUBTFUL) {
    warnings.push(
      `Pareto k is ${k}, above ${DOUBTFUL}: spread and tails are probably underestimated; resample() corrects for it.`,
    );
  }
  if (nonFinite > MANY_FAILURES * gradientEvaluations) {
    warnings.push(
      `${nonFinite} of ${gradientEvaluations} draws had no finite log density and were left out: the approximation may ` +
        `reach beyond where the density can be evaluated.`,
    );
  }
  return warnings;
}

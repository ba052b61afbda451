/** What to know before relying on a variational approximation, in plain words. */

import { LARGEST_K } from '../../diagnostics/pareto-smoothing';

/** What the warnings are made from. */
export interface Judged {
  readonly converged: boolean;
  readonly iterations: number;
  readonly paretoK: number;
  readonly nonFinite: number;
  readonly gradientEvaluations: number;
  readonly trace: { readonly rows: 'all' | 'batches' };
}

/** Above this, the variance of importance weights is infinite. */
const DOUBTFUL = 0.5;
/** Share of draws without a finite density that deserves a word. */
const MANY_FAILURES = 0.01;

export function warningsOf({
  converged,
  iterations,
  paretoK,
  nonFinite,
  gradientEvaluations,
  trace,
}: Judged): string[] {
  const warnings: string[] = [];
  if (!converged) {
    warnings.push(
      `The optimisation stopped after ${iterations} iterations before its stopping rule was satisfied: the approximation ` +
        `may still be far from the best of its family. Raise maxIterations${trace.rows === 'batches' ? ', or take larger batches' : ''}.`,
    );
  }
  const k = paretoK.toFixed(2);
  if (paretoK === Infinity) {
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

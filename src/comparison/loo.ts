/** Leave-one-out cross-validation by Pareto-smoothed importance sampling. */

import type { NamedDraws } from '../inference';
import { requireContinuous } from '../inference/continuous';
import type { Posterior } from '../model';
import { requireKnownOptions } from '../model/known-options';
import { Elpd } from './elpd';
import { kThreshold, leaveOneOut, logPredictive } from './left-out';
import { type LogLikelihood, logLikelihood, Pointwise } from './log-likelihood';
import { matchMoments } from './moment-matching';
import { leaveOut } from './refit';
import type { Refit } from './rows';

export interface LooOptions {
  /** Observed variables to predict, by name; all by default. */
  readonly names?: readonly string[];
  /**
   * Improves observations whose k is bad by moving the draws to where the posterior without them is (Paananen, Piironen,
   * Bürkner & Vehtari 2021); default false.
   */
  readonly momentMatching?: boolean;
  /**
   * Samples the posterior without an observation whose k is still bad, such as `(posterior) => nuts(posterior)`; by
   * default none is. All observed variables must lie along one named dimension, whose positions are left out.
   */
  readonly refit?: Refit;
}

/**
 * PSIS-LOO: the expected log pointwise predictive density of each observation given the others (Vehtari, Gelman & Gabry 2017).
 *
 * @param posterior the conditioned model
 * @param fit its posterior draws
 * @throws RangeError for draws of another model, for a point, unknown names, and a log likelihood that is not finite
 */
export async function loo(posterior: Posterior, fit: NamedDraws, options: LooOptions = {}): Promise<Elpd> {
  requireKnownOptions('loo', options, ['names', 'momentMatching', 'refit']);
  const { names, momentMatching = false, refit } = options;
  if (momentMatching) requireContinuous('loo: momentMatching', posterior);
  const likelihood = await logLikelihood(posterior, fit, names && { names });
  const parts = looParts(likelihood);
  const draws = likelihood.drawsPerChain * likelihood.quantityDraws(0).length;
  if (draws === 1) {
    throw new RangeError('loo: a point cannot be reweighted; give draws of the posterior, some hundreds');
  }
  const threshold = kThreshold(draws);
  const bad = (): number[] => [...parts.paretoK.keys()].filter((i) => parts.paretoK[i] > threshold);
  const fitted = likelihoodPredictives(likelihood);
  const notes: string[] = [];
  if (momentMatching && bad().length > 0) {
    const pointwise = await Pointwise.of('loo', posterior, names);
    const positions = pointwise.space.positionsOf('loo', fit);
    for (const i of bad()) {
      const better = matchMoments(pointwise, positions, i, parts.paretoK[i]);
      if (better === undefined) continue;
      parts.elpd[i] = better.elpd;
      parts.paretoK[i] = better.k;
    }
  }
  if (refit !== undefined && bad().length > 0) {
    for (const [i, elpd] of await leaveOut('loo', posterior, refit, bad(), names)) {
      parts.elpd[i] = elpd;
      // An exact answer has no tail to worry about.
      parts.paretoK[i] = 0;
    }
  }
  const p = parts.elpd.map((value, i) => fitted[i] - value);
  return new Elpd({
    method: 'PSIS-LOO',
    pointwise: { ...parts, p },
    warnings: [...notes, ...warningsOf(parts.paretoK, threshold)],
  });
}

/** PSIS-LOO from log likelihoods that are there already. */
export function looOf(likelihood: LogLikelihood): Elpd {
  const parts = looParts(likelihood);
  const fitted = likelihoodPredictives(likelihood);
  const p = parts.elpd.map((value, i) => fitted[i] - value);
  const draws = likelihood.drawsPerChain * likelihood.quantityDraws(0).length;
  return new Elpd({
    method: 'PSIS-LOO',
    pointwise: { ...parts, p },
    warnings: warningsOf(parts.paretoK, kThreshold(draws)),
  });
}

function looParts(likelihood: LogLikelihood): {
  readonly elpd: Float64Array;
  readonly paretoK: Float64Array;
} {
  const elpd = new Float64Array(likelihood.observations);
  const paretoK = new Float64Array(likelihood.observations);
  for (let i = 0; i < likelihood.observations; i++) {
    const chains = likelihood.quantityDraws(i);
    if (!chains.every((chain) => chain.every((value) => value > -Infinity && value < Infinity))) {
      throw new RangeError(`loo: the log likelihood of observation ${i} is not finite in some draws`);
    }
    const left = leaveOneOut(chains);
    elpd[i] = left.elpd;
    paretoK[i] = left.k;
  }
  return { elpd, paretoK };
}

function likelihoodPredictives(likelihood: LogLikelihood): number[] {
  return Array.from({ length: likelihood.observations }, (_, i) =>
    logPredictive(likelihood.quantityDraws(i)),
  );
}

function warningsOf(paretoK: Float64Array, threshold: number): string[] {
  const bad = [...paretoK.keys()].filter((i) => paretoK[i] > threshold);
  if (bad.length === 0) return [];
  const shown = bad.slice(0, 5).map((i) => `${i} (${paretoK[i].toFixed(2)})`);
  const rest = bad.length > shown.length ? `, and ${bad.length - shown.length} more` : '';
  return [
    `The Pareto k of ${bad.length} of ${paretoK.length} observations is above ${threshold.toFixed(2)}: ${shown.join(', ')}${rest}. ` +
      'Leaving them out changes the posterior too much for importance sampling: set momentMatching, or refit without them.',
  ];
}

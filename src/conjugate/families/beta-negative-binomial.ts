/** Failures before a known number of successes of unknown probability, which has a beta prior. */
import type { Beta } from '../distributions/beta';
import { BetaNegativeBinomial } from '../distributions/beta-negative-binomial';
import { getEngine } from '../engine';
import type { Family } from '../family';
import { requireCount, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { valueOf } from '../statistics/compensated';
import { naturalCount, totalsOf } from '../statistics/totals';
import { betaFamily, trials, type BetaHyperparameters, type Trials } from './beta-hyperparameters';

/** Numbers of failures, or how many such numbers there are and their sum, which leaves the evidence unknown. */
export type NegativeBinomialData = Batch | { readonly count: number; readonly sum: number };

export interface NegativeBinomialHyperparameters extends BetaHyperparameters {
  /** How many successes end an observation, > 0; any number, as for overdispersed counts. */
  readonly successes: number;
}

const name = 'betaNegativeBinomial';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<
  NegativeBinomialHyperparameters,
  Trials,
  NegativeBinomialData,
  Beta,
  [],
  BetaNegativeBinomial
> => ({
  ...betaFamily,
  name,
  evidenceNeeds: 'every observation',
  statistics({ successes }, data) {
    const observations = observationsOf(name, data);
    if (observations === undefined) {
      const { count, sum } = data as { count: number; sum: number };
      return trials(
        requireCount(name, 'count', count),
        count * successes,
        requireCount(name, 'sum', sum),
        count === 0 ? 0 : NaN,
      );
    }
    const { exports } = getEngine();
    const ways = (at: number, count: number): number =>
      exports.logRisings(at, count, successes) - exports.logFactorials(at, count);
    const { count, sum, further } = totalsOf(name, observations, naturalCount, ways);
    return { ...trials(count, count * successes, valueOf(sum)), ways: further };
  },
  predictive: ({ alpha, beta, successes }) => new BetaNegativeBinomial(successes, alpha, beta),
  strength: ({ alpha, successes }) => ({ mean: alpha / successes, mode: (alpha - 1) / successes }),
});

/**
 * Failures before the `successes`-th success, whose probability p ~ Beta(alpha, beta): after n observations that sum to
 * s, Beta(alpha + n·successes, beta + s).
 *
 * @throws RangeError unless alpha, beta and successes are > 0
 */
export function betaNegativeBinomial({
  alpha,
  beta,
  successes,
}: NegativeBinomialHyperparameters): BetaNegativeBinomialPosterior {
  const prior = requirePositive(name, { alpha, beta, successes }, ['alpha', 'beta', 'successes']);
  return new UnivariatePosterior(family(), prior, betaFamily.nothing());
}

export type BetaNegativeBinomialPosterior = UnivariatePosterior<
  NegativeBinomialHyperparameters,
  Trials,
  NegativeBinomialData,
  Beta,
  [],
  BetaNegativeBinomial
>;

/** Failures before the first success of unknown probability, which has a beta prior. */
import type { Beta } from '../distributions/beta';
import { BetaNegativeBinomial } from '../distributions/beta-negative-binomial';
import type { Family } from '../family';
import { requireCount, requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { valueOf } from '../statistics/compensated';
import { naturalCount, totalsOf } from '../statistics/totals';
import { betaFamily, trials, type BetaHyperparameters, type Trials } from './beta-hyperparameters';

/** Numbers of failures, or how many such numbers there are and their sum. */
export type GeometricData = Batch | { readonly count: number; readonly sum: number };

const name = 'betaGeometric';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<BetaHyperparameters, Trials, GeometricData, Beta, [], BetaNegativeBinomial> => ({
  ...betaFamily,
  name,
  statistics(_prior, data) {
    const observations = observationsOf(name, data);
    if (observations !== undefined) {
      const { count, sum } = totalsOf(name, observations, naturalCount);
      return trials(count, count, valueOf(sum));
    }
    const { count, sum } = data as { count: number; sum: number };
    return trials(requireCount(name, 'count', count), count, requireCount(name, 'sum', sum));
  },
  predictive: ({ alpha, beta }) => new BetaNegativeBinomial(1, alpha, beta),
  // Every observation is one success.
  strength: ({ alpha }) => ({ mean: alpha, mode: alpha - 1 }),
});

/**
 * Geometric(p), failures before the first success, with p ~ Beta(alpha, beta): after n observations that sum to s,
 * Beta(alpha + n, beta + s).
 *
 * @throws RangeError unless alpha and beta are > 0
 */
export function betaGeometric({ alpha, beta }: BetaHyperparameters): BetaGeometric {
  const prior = requirePositive(name, { alpha, beta }, ['alpha', 'beta']);
  return new UnivariatePosterior(family(), prior, betaFamily.nothing());
}

export type BetaGeometric = UnivariatePosterior<
  BetaHyperparameters,
  Trials,
  GeometricData,
  Beta,
  [],
  BetaNegativeBinomial
>;

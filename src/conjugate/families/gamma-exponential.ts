/** Waiting times of unknown rate, which has a gamma prior. */
import { BetaPrime } from '../distributions/beta-prime';
import type { Gamma } from '../distributions/gamma';
import type { Family } from '../family';
import { requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { compensated, nothing } from '../statistics/compensated';
import { atLeastZero, totalsOf } from '../statistics/totals';
import { countAndSum, gammaFamily, type Exposure, type GammaHyperparameters } from './gamma-hyperparameters';

/** Observations, or how many there are and their sum. */
export type ExponentialData = Batch | { readonly count: number; readonly sum: number };

const name = 'gammaExponential';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<GammaHyperparameters, Exposure, ExponentialData, Gamma, [], BetaPrime> => ({
  ...gammaFamily,
  name,
  statistics(_prior, data) {
    const observations = observationsOf(name, data);
    if (observations === undefined) {
      const { count, sum } = countAndSum(name, data as object, false);
      return { count, events: compensated(count), exposure: compensated(sum), constant: nothing };
    }
    const { count, sum } = totalsOf(name, observations, atLeastZero);
    return { count, events: compensated(count), exposure: sum, constant: nothing };
  },
  predictive: ({ shape, rate }) => new BetaPrime(1, shape, rate),
  strength: ({ shape }) => ({ mean: shape, mode: shape - 1 }),
});

/**
 * Exponential(λ) with λ ~ Gamma(shape, rate): after n observations that sum to s, Gamma(shape + n, rate + s). The
 * predictive distribution is Lomax's.
 *
 * @throws RangeError unless shape and rate are > 0
 */
export function gammaExponential({ shape, rate }: GammaHyperparameters): GammaExponential {
  const prior = requirePositive(name, { shape, rate }, ['shape', 'rate']);
  return new UnivariatePosterior(family(), prior, gammaFamily.nothing());
}

export type GammaExponential = UnivariatePosterior<
  GammaHyperparameters,
  Exposure,
  ExponentialData,
  Gamma,
  [],
  BetaPrime
>;

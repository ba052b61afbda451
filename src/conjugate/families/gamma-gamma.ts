/** Positive numbers with a gamma distribution of known shape and unknown rate, which has a gamma prior. */
import { BetaPrime } from '../distributions/beta-prime';
import type { Gamma } from '../distributions/gamma';
import { getEngine, special } from '../engine';
import type { Family } from '../family';
import { requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { compensated, plus } from '../statistics/compensated';
import { positive, totalsOf } from '../statistics/totals';
import {
  constantOf,
  countAndSum,
  gammaFamily,
  type Exposure,
  type GammaHyperparameters,
} from './gamma-hyperparameters';

/** Observations, or how many there are and their sum; the evidence also needs Σ log x. */
export type GammaData = Batch | { readonly count: number; readonly sum: number; readonly sumLog?: number };

export interface GammaGammaHyperparameters extends GammaHyperparameters {
  /** Shape of the observations, > 0. */
  readonly known: number;
}

const name = 'gammaGamma';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<GammaGammaHyperparameters, Exposure, GammaData, Gamma, [], BetaPrime> => ({
  ...gammaFamily,
  name,
  evidenceNeeds: 'sumLog, Σ log x,',
  statistics({ known }, data) {
    const observations = observationsOf(name, data);
    const normalizer = (count: number): number => -count * special().lgamma(known);
    if (observations === undefined) {
      const { count, sum } = countAndSum(name, data as object, false);
      const { sumLog } = data as { sumLog?: number };
      const constant = constantOf(
        count,
        sumLog === undefined ? undefined : (known - 1) * sumLog + normalizer(count),
      );
      return { count, events: compensated(count * known), exposure: compensated(sum), constant };
    }
    const { exports } = getEngine();
    const { count, sum, further } = totalsOf(
      name,
      observations,
      positive,
      (at, length) => (known - 1) * exports.sumLog(at, length),
    );
    const constant = plus(further, compensated(normalizer(count)));
    return { count, events: compensated(count * known), exposure: sum, constant };
  },
  predictive: ({ shape, rate, known }) => new BetaPrime(known, shape, rate),
  strength: ({ shape, known }) => ({ mean: shape / known, mode: (shape - 1) / known }),
});

/**
 * Gamma(known, λ), by shape and rate, with λ ~ Gamma(shape, rate): after n observations that sum to s,
 * Gamma(shape + n·known, rate + s).
 *
 * @throws RangeError unless shape, rate and known are > 0
 */
export function gammaGamma({ shape, rate, known }: GammaGammaHyperparameters): GammaGamma {
  const prior = requirePositive(name, { shape, rate, known }, ['shape', 'rate', 'known']);
  return new UnivariatePosterior(family(), prior, gammaFamily.nothing());
}

export type GammaGamma = UnivariatePosterior<
  GammaGammaHyperparameters,
  Exposure,
  GammaData,
  Gamma,
  [],
  BetaPrime
>;

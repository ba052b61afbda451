/** Counts of events of unknown rate, which has a gamma prior. */
import type { Gamma } from '../distributions/gamma';
import { NegativeBinomial } from '../distributions/negative-binomial';
import { getEngine } from '../engine';
import type { Family } from '../family';
import { requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { compensated } from '../statistics/compensated';
import { naturalCount, totalsOf } from '../statistics/totals';
import {
  constantOf,
  countAndSum,
  gammaFamily,
  type Exposure,
  type GammaHyperparameters,
} from './gamma-hyperparameters';

/** Counts, or how many there are and their sum; the evidence also needs Σ log x!. */
export type PoissonData =
  Batch | { readonly count: number; readonly sum: number; readonly sumLogFactorials?: number };

const name = 'gammaPoisson';

// Made by a function: bundlers leave out what is not called.
const family = (): Family<
  GammaHyperparameters,
  Exposure,
  PoissonData,
  Gamma,
  [exposure?: number],
  NegativeBinomial
> => ({
  ...gammaFamily,
  name,
  evidenceNeeds: 'sumLogFactorials, Σ log x!,',
  statistics(_prior, data) {
    const observations = observationsOf(name, data);
    if (observations === undefined) {
      const { count, sum } = countAndSum(name, data as object, true);
      const { sumLogFactorials } = data as { sumLogFactorials?: number };
      const constant = constantOf(count, sumLogFactorials === undefined ? undefined : -sumLogFactorials);
      return { count, events: compensated(sum), exposure: compensated(count), constant };
    }
    const { exports } = getEngine();
    const { count, sum, further } = totalsOf(
      name,
      observations,
      naturalCount,
      (at, length) => -exports.logFactorials(at, length),
    );
    return { count, events: sum, exposure: compensated(count), constant: further };
  },
  predictive: ({ shape, rate }, of = 1) =>
    new NegativeBinomial(shape, rate / requirePositive(name, { exposure: of }, ['exposure']).exposure),
  strength: ({ rate }) => ({ mean: rate, mode: rate }),
});

/**
 * Poisson(λ) with λ ~ Gamma(shape, rate): after n counts that sum to s, Gamma(shape + s, rate + n). `predictive(t)` is
 * the count during t times the exposure of one observation (1 by default), a negative binomial.
 *
 * @throws RangeError unless shape and rate are > 0
 */
export function gammaPoisson({ shape, rate }: GammaHyperparameters): GammaPoisson {
  const prior = requirePositive(name, { shape, rate }, ['shape', 'rate']);
  return new UnivariatePosterior(family(), prior, gammaFamily.nothing());
}

export type GammaPoisson = UnivariatePosterior<
  GammaHyperparameters,
  Exposure,
  PoissonData,
  Gamma,
  [exposure?: number],
  NegativeBinomial
>;

/** Counts of events of unknown rate, which has a gamma prior. */
import type { Gamma } from '../distributions/gamma';
import { NegativeBinomial } from '../distributions/negative-binomial';
import { getEngine, special } from '../engine';
import type { Family } from '../family';
import { requirePositive } from '../hyperparameters';
import { UnivariatePosterior } from '../posterior';
import { observationsOf, type Batch } from '../statistics/batch';
import { compensated, plus } from '../statistics/compensated';
import { naturalCount, positive, totalsOf } from '../statistics/totals';
import {
  constantOf,
  countAndSum,
  gammaFamily,
  type Exposure,
  type GammaHyperparameters,
} from './gamma-hyperparameters';

/**
 * Counts, with the exposure of each where that is not 1; or how many there are and their sum, when the evidence also needs
 * Σ log x!.
 */
export type PoissonData =
  | Batch
  | { readonly counts: Batch; readonly exposure: Batch }
  | { readonly count: number; readonly sum: number; readonly sumLogFactorials?: number };

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
    if (observations === undefined && 'counts' in (data as object)) {
      return exposed(data as { counts: Batch; exposure: Batch });
    }
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

/** Counts of different exposures: λ^x e^(−λt) tˣ/x! each. */
function exposed(data: { readonly counts: Batch; readonly exposure: Batch }): Exposure {
  const counts = observationsOf(name, data.counts) ?? [];
  const exposure =
    typeof data.exposure === 'number' ? new Array(counts.length).fill(data.exposure) : data.exposure;
  if (exposure?.length !== counts.length) {
    throw new RangeError(`${name}: got ${counts.length} counts and ${exposure?.length} exposures`);
  }
  const plain = family().statistics({ shape: 1, rate: 1 }, counts);
  const { sum } = totalsOf(name, exposure, { ...positive, called: 'exposure' });
  const { log } = special();
  let powers = 0;
  for (let i = 0; i < counts.length; i++) powers += counts[i] * log(exposure[i]);
  return { ...plain, exposure: sum, constant: plus(plain.constant, compensated(powers)) };
}

/**
 * Poisson(λ) with λ ~ Gamma(shape, rate): after n counts that sum to s, Gamma(shape + s, rate + n), or with exposures t
 * Gamma(shape + s, rate + Σt). `predictive(t)` is
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

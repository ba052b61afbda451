/** Poisson distribution by rate. */
import { add, lgamma, logGammaP, logGammaQ, neg, type Operand, type RankOf } from '../expr';
import { countLog } from './countLog';
import { Distribution } from './distribution';
import { argumentOf } from './link';
import { poissonLogTerms } from './poissonLog';
import { atLeastZero } from './requirement';
import { naturals } from './support';

/**
 * y·log rate − rate − log y! for y in {0, 1, …}. A rate that is `exp(eta)` is computed on eta.
 *
 * @param rate mean, ≥ 0
 * @throws RangeError when a plain parameter is out of range
 */
export function poisson<R extends Operand>(rate: R): Distribution<RankOf<R>> {
  const logRate = argumentOf('exp', rate);
  return new Distribution({
    name: 'poisson',
    parameters: { rate: { value: rate, requirement: atLeastZero } },
    support: naturals,
    variate: (draw) => draw.poisson(rate),
    terms: (y) =>
      logRate !== undefined
        ? poissonLogTerms(y, logRate)
        : [countLog(y, rate), neg(rate), neg(lgamma(add(y, 1)))],
    cumulative: {
      logCdf: (y) => logGammaQ(add(y, 1), rate),
      logCcdf: (y) => logGammaP(add(y, 1), rate),
    },
  });
}

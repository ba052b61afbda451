/** Exponential distribution by rate. */
import { log, log1mExp, mul, neg, type Operand, type RankOf } from '../expr';
import { Distribution } from './distribution';
import { strictlyPositive } from './requirement';
import { nonNegative } from './support';

/**
 * log rate − rate·x for x ≥ 0.
 *
 * @param rate inverse of the mean, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function exponential<R extends Operand>(rate: R): Distribution<RankOf<R>> {
  return new Distribution({
    name: 'exponential',
    parameters: { rate: { value: rate, requirement: strictlyPositive } },
    support: nonNegative,
    variate: (draw) => draw.exponential(rate),
    terms: (x) => [neg(mul(rate, x)), log(rate)],
    cumulative: {
      logCdf: (x) => log1mExp(neg(mul(rate, x))),
      logCcdf: (x) => neg(mul(rate, x)),
    },
  });
}

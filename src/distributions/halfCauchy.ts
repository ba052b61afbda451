/** Cauchy distribution about 0, cut to positive values. */
import { div, log, log1p, neg, square, type Operand, type RankOf } from '../expr';
import { LOG_PI, LOG_TWO } from './constants';
import { Distribution } from './distribution';
import { strictlyPositive } from './requirement';
import { nonNegative } from './support';

/**
 * log(2/π) − log scale − log(1 + (x/scale)²) for x ≥ 0.
 *
 * @param scale median, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function halfCauchy<S extends Operand>(scale: S): Distribution<RankOf<S>> {
  return new Distribution({
    name: 'halfCauchy',
    parameters: { scale: { value: scale, requirement: strictlyPositive } },
    support: nonNegative,
    terms: (x) => [neg(log1p(square(div(x, scale)))), neg(log(scale)), LOG_TWO - LOG_PI],
    standardise: () => ({ location: 0, scale, standard: halfCauchy(1) }),
  });
}

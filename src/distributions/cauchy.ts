/** Cauchy distribution by location and scale. */
import { div, log, log1p, neg, square, sub, type Broadcast, type Operand } from '../expr';
import { LOG_PI } from './constants';
import { Distribution } from './distribution';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * −log π − log scale − log(1 + ((x − location)/scale)²).
 *
 * @param location median, finite
 * @param scale half the distance between the quartiles, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function cauchy<L extends Operand, S extends Operand>(
  location: L,
  scale: S,
): Distribution<Broadcast<L, S>> {
  return new Distribution({
    name: 'cauchy',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    terms: (x) => [neg(log1p(square(div(sub(x, location), scale)))), neg(log(scale)), -LOG_PI],
    standardise: () => ({ location, scale, standard: cauchy(0, 1) }),
  });
}

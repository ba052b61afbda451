/** Laplace (double exponential) distribution by location and scale. */
import { abs, div, log, neg, sub, type Broadcast, type Operand } from '../expr';
import { LOG_TWO } from './constants';
import { Distribution } from './distribution';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * −|x − location|/scale − log(2·scale).
 *
 * @param location median, finite
 * @param scale mean absolute deviation, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function laplace<L extends Operand, S extends Operand>(
  location: L,
  scale: S,
): Distribution<Broadcast<L, S>> {
  return new Distribution({
    name: 'laplace',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    terms: (x) => [neg(div(abs(sub(x, location)), scale)), neg(log(scale)), -LOG_TWO],
    standardise: () => ({ location, scale, standard: laplace(0, 1) }),
  });
}

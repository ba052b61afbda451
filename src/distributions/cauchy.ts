/** Cauchy distribution by location and scale. */
import {
  atan2,
  div,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  select,
  square,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { LOG_PI, ONE_OVER_PI } from './constants';
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
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  return new Distribution({
    name: 'cauchy',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => draw.cauchy(location, scale),
    terms: (x) => [neg(log1p(square(div(sub(x, location), scale)))), neg(log(scale)), -LOG_PI],
    cumulative: {
      logCdf: (x) => logCdfAt(standard(x)),
      logCcdf: (x) => logCdfAt(neg(standard(x))),
    },
    standardise: () => ({ location, scale, standard: cauchy(0, 1) }),
  });
}

/** log P(Z ≤ z) of the standard form: the angle at which z is seen, from the side where it is small. */
function logCdfAt(z: Expression): Expression {
  const below = sub(log(atan2(1, neg(minimum(z, 1)))), LOG_PI);
  const above = log1p(mul(-ONE_OVER_PI, atan2(1, maximum(z, 1))));
  return select(less(z, 1), below, above);
}

/** Laplace (double exponential) distribution by location and scale. */
import {
  abs,
  div,
  exp,
  less,
  log,
  log1p,
  maximum,
  mul,
  neg,
  select,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
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
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  return new Distribution({
    name: 'laplace',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => draw.laplace(location, scale),
    terms: (x) => [neg(div(abs(sub(x, location)), scale)), neg(log(scale)), -LOG_TWO],
    cumulative: {
      logCdf: (x) => logCdfAt(standard(x)),
      logCcdf: (x) => logCdfAt(neg(standard(x))),
    },
    standardise: () => ({ location, scale, standard: laplace(0, 1) }),
  });
}

/** log P(Z ≤ z) of the standard form. */
function logCdfAt(z: Expression): Expression {
  return select(less(z, 0), sub(z, LOG_TWO), log1p(mul(-0.5, exp(neg(maximum(z, 0))))));
}

/** Cauchy distribution about 0, cut to positive values. */
import {
  abs,
  add,
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
  type Expression,
  type Operand,
  type RankOf,
} from '../expr';
import { LOG_PI, LOG_TWO, ONE_OVER_PI } from './constants';
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
    variate: (draw) => abs(draw.cauchy(0, scale)),
    terms: (x) => [neg(log1p(square(div(x, scale)))), neg(log(scale)), LOG_TWO - LOG_PI],
    cumulative: {
      logCdf: (x) => logShares(div(x, scale)).within,
      logCcdf: (x) => logShares(div(x, scale)).beyond,
    },
    standardise: () => ({ location: 0, scale, standard: halfCauchy(1) }),
  });
}

/** Logarithms of the shares of a right angle on either side of z ≥ 0, each from the side where it is small. */
function logShares(z: Expression): { within: Expression; beyond: Expression } {
  const near = atan2(minimum(z, 1), 1);
  const far = atan2(1, maximum(z, 1));
  const isNear = less(z, 1);
  const share = (angle: Expression): Expression => add(log(angle), LOG_TWO - LOG_PI);
  const rest = (angle: Expression): Expression => log1p(mul(-2 * ONE_OVER_PI, angle));
  return { within: select(isNear, share(near), rest(far)), beyond: select(isNear, rest(near), share(far)) };
}

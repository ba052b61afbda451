/** Skew normal distribution by location, scale and shape. */
import {
  abs,
  add,
  div,
  log,
  mul,
  neg,
  normalLogCdf,
  sqrt,
  square,
  sub,
  type Broadcast,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { HALF_LOG_TWO_OVER_PI } from './constants';
import { Distribution } from './distribution';
import { fused } from './fused';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * ½ log(2/π) − log scale − ½ z² + log Φ(shape·z), z = (x − location)/scale (Azzalini 1985). Its distribution function
 * has no closed form.
 *
 * @param location location, finite; the mean where shape is 0
 * @param scale scale, > 0; the standard deviation where shape is 0
 * @param shape skewness to the right where positive, finite; 0 is the normal distribution
 * @throws RangeError when a plain parameter is out of range
 */
export function skewNormal<L extends Operand, S extends Operand, A extends Operand>(
  location: L,
  scale: S,
  shape: A,
): Distribution<MaxRank<Broadcast<L, S>, RankOf<A>>> {
  return new Distribution({
    name: 'skewNormal',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
      shape: { value: shape, requirement: finite },
    },
    support: realLine,
    // Azzalini 1985: of two normal draws, one without its sign.
    variate: (draw) =>
      add(
        location,
        mul(
          scale,
          div(add(mul(shape, abs(draw.normal(0, 1))), draw.normal(0, 1)), sqrt(add(1, square(shape)))),
        ),
      ),
    terms: (x) => [
      fused(gaussianOperation, x, location, div(1, scale)),
      normalLogCdf(mul(shape, div(sub(x, location), scale))),
      neg(log(scale)),
      HALF_LOG_TWO_OVER_PI,
    ],
    standardise: () => ({ location, scale, standard: skewNormal(0, 1, shape) }),
  });
}

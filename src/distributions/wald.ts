/** Wald (inverse Gaussian) distribution: when a drifting Brownian motion first reaches a level. */
import {
  add,
  div,
  log,
  logAddExp,
  logDiffExp,
  mul,
  neg,
  normalLogCdf,
  sqrt,
  square,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { logMillsRatio } from './logMillsRatio';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * ½ log(shape/(2π x³)) − shape·(x − mean)²/(2·mean²·x) for x > 0. The upper tail of the distribution function is a
 * difference: its relative error grows like 1 + x/mean.
 *
 * @param mean mean, > 0
 * @param shape shape, > 0; the variance is mean³/shape
 * @throws RangeError when a plain parameter is out of range
 */
export function wald<M extends Operand, S extends Operand>(mean: M, shape: S): Distribution<Broadcast<M, S>> {
  const rootOfShare = (x: Expression): Expression => sqrt(div(shape, x));
  const past = (x: Expression): Expression => mul(rootOfShare(x), sub(div(x, mean), 1));
  /** log of e^(2·shape/mean)·Φ(−b); the exponent and ½b² differ by ½·past². */
  const reflected = (x: Expression): Expression => {
    const b = mul(rootOfShare(x), add(div(x, mean), 1));
    return sub(sub(logMillsRatio(neg(b)), mul(0.5, square(past(x)))), HALF_LOG_TWO_PI);
  };
  return new Distribution({
    name: 'wald',
    parameters: {
      mean: { value: mean, requirement: strictlyPositive },
      shape: { value: shape, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => draw.inverseGaussian(mean, shape),
    terms: (x) => [mul(-0.5, square(past(x))), mul(-1.5, log(x)), mul(0.5, log(shape)), -HALF_LOG_TWO_PI],
    cumulative: {
      logCdf: (x) => logAddExp(normalLogCdf(past(x)), reflected(x)),
      logCcdf: (x) => logDiffExp(normalLogCdf(neg(past(x))), reflected(x)),
    },
  });
}

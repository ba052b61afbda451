/** Weibull distribution by shape and scale. */
import { exp, log, mul, neg, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { logInverseCloglog } from './logInverseCloglog';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * log shape − log x + t − eᵗ for x > 0, t = shape·log(x/scale).
 *
 * @param shape shape, > 0: the hazard grows where it is above 1
 * @param scale scale, > 0: 63 % of the mass is below
 * @throws RangeError when a plain parameter is out of range
 */
export function weibull<A extends Operand, S extends Operand>(
  shape: A,
  scale: S,
): Distribution<Broadcast<A, S>> {
  const logCumulativeHazard = (x: Expression): Expression => mul(shape, sub(log(x), log(scale)));
  return new Distribution({
    name: 'weibull',
    parameters: {
      shape: { value: shape, requirement: strictlyPositive },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => draw.weibull(shape, scale),
    terms: (x) => [logCumulativeHazard(x), neg(exp(logCumulativeHazard(x))), neg(log(x)), log(shape)],
    cumulative: {
      logCdf: (x) => logInverseCloglog(logCumulativeHazard(x)),
      logCcdf: (x) => neg(exp(logCumulativeHazard(x))),
    },
  });
}

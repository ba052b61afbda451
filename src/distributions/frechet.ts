/** Fréchet distribution of the largest of many heavy-tailed values, by shape and scale. */
import { div, exp, log, mul, neg, pow, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { logInverseCloglog } from './logInverseCloglog';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * log shape − log x + t − eᵗ for x > 0, t = −shape·log(x/scale): 1/x has a Weibull distribution.
 *
 * @param shape index of the tail, > 0: moments below it exist
 * @param scale scale, > 0: 37 % of the mass is below
 * @throws RangeError when a plain parameter is out of range
 */
export function frechet<A extends Operand, S extends Operand>(
  shape: A,
  scale: S,
): Distribution<Broadcast<A, S>> {
  const exponent = (x: Expression): Expression => mul(shape, sub(log(scale), log(x)));
  return new Distribution({
    name: 'frechet',
    parameters: {
      shape: { value: shape, requirement: strictlyPositive },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => mul(scale, pow(draw.exponential(1), div(-1, shape))),
    terms: (x) => [exponent(x), neg(exp(exponent(x))), neg(log(x)), log(shape)],
    cumulative: {
      logCdf: (x) => neg(exp(exponent(x))),
      logCcdf: (x) => logInverseCloglog(exponent(x)),
    },
  });
}

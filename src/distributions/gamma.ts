/** Gamma distribution by shape and rate. */
import {
  lgamma,
  log,
  logGammaP,
  logGammaQ,
  mul,
  neg,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { Distribution, type Term } from './distribution';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * shape·log rate − log Γ(shape) + (shape − 1)·log x − rate·x for x > 0.
 *
 * @param shape shape, > 0
 * @param rate inverse scale, > 0; the mean is shape/rate
 * @throws RangeError when a plain parameter is out of range
 */
export function gamma<A extends Operand, B extends Operand>(
  shape: A,
  rate: B,
): Distribution<Broadcast<A, B>> {
  return new Distribution({
    name: 'gamma',
    parameters: {
      shape: { value: shape, requirement: strictlyPositive },
      rate: { value: rate, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => draw.gamma(shape, rate),
    terms: (x) => gammaTerms(x, shape, rate),
    cumulative: {
      logCdf: (x) => logGammaP(shape, mul(rate, x)),
      logCcdf: (x) => logGammaQ(shape, mul(rate, x)),
    },
  });
}

/** The log density at x > 0, as terms. */
export function gammaTerms(x: Expression, shape: Operand, rate: Operand): Term[] {
  return [mul(sub(shape, 1), log(x)), neg(mul(rate, x)), mul(shape, log(rate)), neg(lgamma(shape))];
}

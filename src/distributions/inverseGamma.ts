/** Inverse gamma distribution by shape and scale: 1/x has a gamma distribution. */
import {
  add,
  div,
  lgamma,
  log,
  logGammaP,
  logGammaQ,
  mul,
  neg,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { Distribution, type Term } from './distribution';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * shape·log scale − log Γ(shape) − (shape + 1)·log x − scale/x for x > 0.
 *
 * @param shape shape, > 0
 * @param scale scale, > 0; the mean is scale/(shape − 1)
 * @throws RangeError when a plain parameter is out of range
 */
export function inverseGamma<A extends Operand, B extends Operand>(
  shape: A,
  scale: B,
): Distribution<Broadcast<A, B>> {
  return new Distribution({
    name: 'inverseGamma',
    parameters: {
      shape: { value: shape, requirement: strictlyPositive },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => draw.inverseGamma(shape, scale),
    terms: (x) => inverseGammaTerms(x, shape, scale),
    cumulative: {
      logCdf: (x) => logGammaQ(shape, div(scale, x)),
      logCcdf: (x) => logGammaP(shape, div(scale, x)),
    },
  });
}

/** The log density at x > 0, as terms. */
export function inverseGammaTerms(x: Expression, shape: Operand, scale: Operand): Term[] {
  return [neg(mul(add(shape, 1), log(x))), neg(div(scale, x)), mul(shape, log(scale)), neg(lgamma(shape))];
}

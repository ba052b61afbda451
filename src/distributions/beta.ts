/** Beta distribution by its two shapes. */
import {
  lbeta,
  log,
  log1p,
  logIncBeta,
  mul,
  neg,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { complementedTail } from './complementedTail';
import { Distribution, type Term } from './distribution';
import { strictlyPositive } from './requirement';
import { unitInterval } from './support';

/**
 * (a − 1)·log x + (b − 1)·log(1 − x) − log B(a, b) for 0 < x < 1.
 *
 * @param a shape at 0, > 0: prior successes
 * @param b shape at 1, > 0: prior failures; the mean is a/(a + b)
 * @throws RangeError when a plain parameter is out of range
 */
export function beta<A extends Operand, B extends Operand>(a: A, b: B): Distribution<Broadcast<A, B>> {
  return new Distribution({
    name: 'beta',
    parameters: {
      a: { value: a, requirement: strictlyPositive },
      b: { value: b, requirement: strictlyPositive },
    },
    support: unitInterval,
    variate: (draw) => draw.beta(a, b),
    terms: (x) => betaTerms(x, a, b),
    cumulative: {
      logCdf: (x) => logIncBeta(a, b, x),
      logCcdf: (x) => complementedTail(logIncBeta(a, b, x), logIncBeta(b, a, sub(1, x))),
    },
  });
}

/** The log density at 0 < x < 1, as terms. */
export function betaTerms(x: Expression, a: Operand, b: Operand): Term[] {
  return [mul(sub(a, 1), log(x)), mul(sub(b, 1), log1p(neg(x))), neg(lbeta(a, b))];
}

/** Values between two bounds: x = lower + (upper − lower)·sigmoid(u). */
import { add, expand, log, mul, sigmoid, softplus, sub, sum, withGraph, type Operand } from '../expr';
import { graphOf } from '../expr/graph';
import { checkOrder } from './bounds';
import { lower as above } from './lower';
import type { Transform } from './transform';
import { upper as below } from './upper';

/**
 * The log Jacobian is log(upper − lower) + u − 2·softplus(u), which neither overflows nor cancels.
 *
 * @param lower lower bound, a number or anything that broadcasts against the value; −∞ is none
 * @param upper upper bound likewise, above `lower`; ∞ is none
 * @throws RangeError when plain bounds are NaN or not in order
 */
export function interval(lower: Operand, upper: Operand): Transform {
  checkOrder('interval', lower, upper);
  if (upper === Infinity) return above(lower);
  if (lower === -Infinity) return below(upper);
  return {
    name: 'interval',
    eventRank: 0,
    unconstrainedShape: (shape) => shape,
    constrain: (u) =>
      withGraph(graphOf('interval', [u]), () => add(lower, mul(sub(upper, lower), sigmoid(u)))),
    logJacobian: (u) =>
      withGraph(graphOf('interval', [u]), () => {
        const width = expand(log(sub(upper, lower)), u.shape);
        return add(sum(width), sum(sub(u, mul(2, softplus(u)))));
      }),
    unconstrain: (x) => sub(log(sub(x, lower)), log(sub(upper, x))),
  };
}

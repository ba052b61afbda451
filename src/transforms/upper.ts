/** Values below a bound: x = bound − e^u. */
import { exp, log, sub, sum, type Operand } from '../expr';
import { checkBound } from './bounds';
import { real } from './real';
import type { Transform } from './transform';

/**
 * @param bound upper bound, a number or anything that broadcasts against the value; ∞ is none
 * @throws RangeError when it is NaN
 */
export function upper(bound: Operand): Transform {
  checkBound('upper', bound);
  if (bound === Infinity) return real;
  return {
    name: 'upper',
    eventRank: 0,
    unconstrainedShape: (shape) => shape,
    constrain: (u) => sub(bound, exp(u)),
    logJacobian: (u) => sum(u),
    unconstrain: (x) => log(sub(bound, x)),
  };
}

/** Values above a bound: x = bound + e^u. */
import { add, exp, log, sub, sum, type Operand } from '../expr';
import { checkBound } from './bounds';
import { real } from './real';
import type { Transform } from './transform';

/**
 * @param bound lower bound, a number or anything that broadcasts against the value; −∞ is none
 * @throws RangeError when it is NaN
 */
export function lower(bound: Operand): Transform {
  checkBound('lower', bound);
  if (bound === -Infinity) return real;
  return {
    name: 'lower',
    eventRank: 0,
    unconstrainedShape: (shape) => shape,
    constrain: (u) => add(bound, exp(u)),
    logJacobian: (u) => sum(u),
    unconstrain: (x) => log(sub(x, bound)),
  };
}

/** Values above a bound: x = bound + e^u. */
import { add, exp, log, sub, sum, type Operand } from '../expr';
import type { Transform } from './transform';

/** @param bound lower bound, a finite number or anything that broadcasts against the value */
export function lower(bound: Operand): Transform {
  return {
    name: 'lower',
    eventRank: 0,
    unconstrainedShape: (shape) => shape,
    constrain: (u) => add(bound, exp(u)),
    logJacobian: (u) => sum(u),
    unconstrain: (x) => log(sub(x, bound)),
  };
}

/** Values below a bound: x = bound − e^u. */
import { exp, log, sub, sum, type Operand } from '../expr';
import type { Transform } from './transform';

/** @param bound upper bound, a finite number or anything that broadcasts against the value */
export function upper(bound: Operand): Transform {
  return {
    name: 'upper',
    eventRank: 0,
    unconstrainedShape: (shape) => shape,
    constrain: (u) => sub(bound, exp(u)),
    logJacobian: (u) => sum(u),
    unconstrain: (x) => log(sub(bound, x)),
  };
}

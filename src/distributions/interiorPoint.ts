/** A point between bounds, where a density is finite. */
import { mul, type Operand } from '../expr';
import { minus, plus } from './bounds';

/** Between the bounds, at the one there is, or `otherwise`; bounds on integers may coincide. */
export function interiorPoint(
  lower: Operand | undefined,
  upper: Operand | undefined,
  integer: boolean,
  otherwise: Operand,
): Operand {
  if (lower === undefined) return upper === undefined ? otherwise : integer ? upper : minus(upper, 1);
  if (upper === undefined || integer) return integer ? lower : plus(lower, 1);
  if (typeof lower === 'number' && typeof upper === 'number') return lower + 0.5 * (upper - lower);
  return mul(0.5, plus(lower, upper));
}

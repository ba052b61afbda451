/** A point within bounds that are tighter than those of a distribution, where its density is finite. */
import { add, maximum, minimum, mul, sub, type Operand } from '../expr';
import { interiorOf, type Support } from './support';

/** Between the bounds, beside the one there is, or where the distribution has its own; bounds on integers may coincide. */
export function interiorPoint(
  lower: Operand | undefined,
  upper: Operand | undefined,
  support: Support,
): Operand {
  if (support.integer) return lower ?? upper ?? interiorOf(support);
  if (lower !== undefined && upper !== undefined) return mul(0.5, add(finite(lower), finite(upper)));
  if (lower !== undefined) return add(finite(lower), 1);
  return upper === undefined ? interiorOf(support) : sub(finite(upper), 1);
}

/** Bounds may be infinite where others are not. */
function finite(bound: Operand): Operand {
  return minimum(maximum(bound, -1e100), 1e100);
}

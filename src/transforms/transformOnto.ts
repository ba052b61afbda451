/** Chooses the transform whose values fill a support. */
import type { Support } from '../distributions/support';
import { interval } from './interval';
import { lower } from './lower';
import { real } from './real';
import type { Transform } from './transform';
import { upper } from './upper';

/** The bijection from the real line onto a continuous support. */
export function transformOnto(support: Support): Transform {
  if (support.lower !== undefined && support.upper !== undefined)
    return interval(support.lower, support.upper);
  if (support.lower !== undefined) return lower(support.lower);
  if (support.upper !== undefined) return upper(support.upper);
  return real;
}

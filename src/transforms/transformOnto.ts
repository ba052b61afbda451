/** Chooses the transform whose values fill a support. */
import type { Operand } from '../expr';
import { interval } from './interval';
import { lower } from './lower';
import { real } from './real';
import type { Transform } from './transform';
import { upper } from './upper';

/** A continuous set: between bounds, or the image of a transform of its own. */
export interface Region {
  readonly lower?: Operand;
  readonly upper?: Operand;
  readonly transform?: Transform;
}

/** The transform from free real numbers onto a region. */
export function transformOnto(region: Region): Transform {
  if (region.transform !== undefined) return region.transform;
  if (region.lower !== undefined && region.upper !== undefined) return interval(region.lower, region.upper);
  if (region.lower !== undefined) return lower(region.lower);
  if (region.upper !== undefined) return upper(region.upper);
  return real;
}

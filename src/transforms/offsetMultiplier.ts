/** Real numbers moved and scaled: x = offset + multiplier·u. */
import { add, div, expand, log, mul, sub, sum, withGraph, type Operand } from '../expr';
import { graphOf } from '../expr/graph';
import type { Transform } from './transform';

/**
 * No constraint, but another place and scale for the sampler: with the location and scale of the prior, that is its
 * non-centred form.
 *
 * @param offset a number or anything that broadcasts against the value
 * @param multiplier likewise, > 0
 * @throws RangeError when a plain multiplier is not > 0
 */
export function offsetMultiplier(offset: Operand, multiplier: Operand): Transform {
  if (typeof multiplier === 'number' && !(multiplier > 0)) {
    throw new RangeError(`offsetMultiplier: multiplier must be > 0, got ${multiplier}`);
  }
  return {
    name: 'offsetMultiplier',
    eventRank: 0,
    unconstrainedShape: (shape) => shape,
    constrain: (u) => add(offset, mul(multiplier, u)),
    logJacobian: (u) =>
      withGraph(graphOf('offsetMultiplier', [u]), () => sum(expand(log(multiplier), u.shape))),
    unconstrain: (x) => div(sub(x, offset), multiplier),
  };
}

/** The improper density that is 1 between its bounds: no opinion about where in there the value lies. */
import type { Broadcast, Operand } from '../expr';
import { checkOrder } from '../transforms/bounds';
import { Distribution, type Parameter } from './distribution';
import { bound } from './requirement';

/**
 * Improper uniform density, constant on the whole line or between bounds.
 *
 * @param bounds.lower lower bound, a number or an expression or array that broadcasts; none by default
 * @param bounds.upper upper bound likewise
 * @throws RangeError when a bound is NaN, or lower is not below upper
 */
export function flat<L extends Operand = number, U extends Operand = number>(
  bounds: { readonly lower?: L; readonly upper?: U } = {},
): Distribution<Broadcast<L, U>> {
  const { lower, upper } = bounds;
  const parameters: Record<string, Parameter> = {};
  if (lower !== undefined) parameters.lower = { value: lower, requirement: bound };
  if (upper !== undefined) parameters.upper = { value: upper, requirement: bound };
  checkOrder('flat', lower, upper);
  return new Distribution({
    name: 'flat',
    parameters,
    support: {
      integer: false,
      ...(lower !== undefined && lower !== -Infinity && { lower }),
      ...(upper !== undefined && upper !== Infinity && { upper }),
      open: false,
      interior: 0,
    },
    terms: () => [0],
  });
}

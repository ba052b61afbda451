/** Observations of which only is known between which bounds they lie: rounded, or found between two visits. */
import type { Broadcast, MaxRank, Operand } from '../expr';
import { checkOrder } from '../transforms/bounds';
import { Distribution } from './distribution';
import { interiorPoint } from './interiorPoint';
import { logBetween } from './logBetween';
import { parametersOf } from './nested';
import { bound } from './requirement';

/**
 * log P(lower < X ≤ upper), whatever value within the bounds stands for the observation. For observed data only.
 *
 * Rounded data: `observe('height', ({ height }) => intervalCensored(normal(mu, sigma), { lower: height.sub(0.5), upper:
 * height.add(0.5) }))`.
 *
 * @param distribution a distribution of numbers whose distribution function has a closed form
 * @param bounds.lower lower end of the interval, a number or anything that broadcasts; −Infinity for none
 * @param bounds.upper upper end likewise, above `lower`; Infinity for none
 * @throws TypeError when the distribution function has no closed form
 * @throws RangeError when a bound is NaN, or lower is not below upper
 */
export function intervalCensored<R extends number, L extends Operand, U extends Operand>(
  distribution: Distribution<R>,
  bounds: { readonly lower: L; readonly upper: U },
): Distribution<MaxRank<R, Broadcast<L, U>>> {
  const name = `interval-censored ${distribution.name}`;
  const { lower, upper } = bounds;
  const { integer } = distribution.support;
  if (!distribution.hasCdf) {
    throw new TypeError(
      `intervalCensored: the distribution function of ${distribution.name} has no closed form`,
    );
  }
  checkOrder(name, lower, upper);
  return new Distribution({
    name,
    parameters: {
      ...parametersOf(distribution),
      lower: { value: lower, requirement: bound },
      upper: { value: upper, requirement: bound },
    },
    atoms: true,
    support: {
      integer,
      lower,
      upper,
      open: false,
      interior: () => interiorPoint(lower, upper, distribution.support),
    },
    terms: () => [logBetween(distribution, lower, upper)],
  });
}

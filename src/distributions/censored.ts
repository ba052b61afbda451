/** Observations of which only is known that they reached a bound. */
import {
  add,
  lessEqual,
  maximum,
  minimum,
  select,
  type Broadcast,
  type Expression,
  type MaxRank,
  type Operand,
} from '../expr';
import { checkOrder } from '../transforms/bounds';
import { minus, tighterLower, tighterUpper } from './bounds';
import { Distribution, type Parameter } from './distribution';
import { interiorPoint } from './interiorPoint';
import { parametersOf } from './nested';
import { bound, boundOnIntegers } from './requirement';
import { interiorOf } from './support';

/**
 * The distribution of a measurement that cannot go beyond its bounds: a value at the upper bound was there or above and
 * counts log P(X ≥ upper), one at the lower bound counts log P(X ≤ lower), and those between their log density. For
 * observed data only.
 *
 * Survival times, where `died` is 0 for those who were alive when last seen:
 * `observe('time', … => censored(weibull(shape, scale), { upper: select(died, Infinity, time) }))`.
 *
 * @param distribution a distribution of numbers whose distribution function has a closed form
 * @param bounds.lower left-censored at or below, a number or anything that broadcasts; none by default
 * @param bounds.upper right-censored at or above, likewise
 * @throws TypeError when the distribution function has no closed form
 * @throws RangeError when a bound is NaN, is no integer for a discrete distribution, or lower is not below upper
 */
export function censored<R extends number, L extends Operand = number, U extends Operand = number>(
  distribution: Distribution<R>,
  bounds: { readonly lower?: L; readonly upper?: U },
): Distribution<MaxRank<R, Broadcast<L, U>>> {
  const name = `censored ${distribution.name}`;
  const { lower, upper } = bounds;
  const { support } = distribution;
  const { integer } = support;
  if (!distribution.hasCdf) {
    throw new TypeError(`censored: the distribution function of ${distribution.name} has no closed form`);
  }
  checkOrder(name, lower, upper, false);
  const requirement = integer ? boundOnIntegers : bound;
  const parameters: Record<string, Parameter> = parametersOf(distribution);
  if (lower !== undefined) parameters.lower = { value: lower, requirement };
  if (upper !== undefined) parameters.upper = { value: upper, requirement };
  const low = tighterLower(support.lower, lower);
  const high = tighterUpper(support.upper, upper);
  const logDensity = (y: Expression): Expression => {
    const isLow = lower === undefined ? undefined : lessEqual(y, lower);
    const isHigh = upper === undefined ? undefined : lessEqual(upper, y);
    const isCensored = isLow === undefined ? isHigh : isHigh === undefined ? isLow : add(isLow, isHigh);
    const at = isCensored === undefined ? y : select(isCensored, interiorOf(support), y);
    let density: Expression = distribution.logDensity(at);
    if (isLow !== undefined) density = select(isLow, distribution.logCdf(lower as Operand), density);
    if (isHigh !== undefined) {
      const below = integer ? minus(upper as Operand, 1) : (upper as Operand);
      density = select(isHigh, distribution.logCcdf(below), density);
    }
    return density;
  };
  const clamped = (value: Expression): Expression => {
    const raised = lower === undefined ? value : maximum(value, lower);
    return upper === undefined ? raised : minimum(raised, upper);
  };
  return new Distribution({
    name,
    parameters,
    atoms: true,
    support: {
      integer,
      ...(low !== undefined && { lower: low }),
      ...(high !== undefined && { upper: high }),
      open: support.open && low === support.lower && high === support.upper,
      interior: () => interiorPoint(low, high, support),
    },
    variate: (draw) => clamped(distribution.variate(draw)),
    terms: (y) => [logDensity(y)],
  });
}

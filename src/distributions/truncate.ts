/** A distribution cut to an interval and normalised there. */
import { neg, sub, type Broadcast, type Expression, type MaxRank, type Operand } from '../expr';
import { checkOrder } from '../transforms/bounds';
import { minus, tighterLower, tighterUpper } from './bounds';
import { Distribution, type Parameter } from './distribution';
import { interiorPoint } from './interiorPoint';
import { byInversion } from './inversion';
import { logBetween } from './logBetween';
import { parametersOf } from './nested';
import { bound, boundOnIntegers } from './requirement';

/**
 * log density less log P(lower ≤ X ≤ upper), for lower ≤ x ≤ upper; −∞ elsewhere.
 *
 * @param distribution a distribution of numbers whose distribution function has a closed form
 * @param bounds.lower smallest value that is left, a number or anything that broadcasts; none by default
 * @param bounds.upper largest value that is left, likewise
 * @throws TypeError when the distribution function has no closed form
 * @throws RangeError when a bound is NaN, is no integer for a discrete distribution, or lower is not below upper
 */
export function truncate<R extends number, L extends Operand = number, U extends Operand = number>(
  distribution: Distribution<R>,
  bounds: { readonly lower?: L; readonly upper?: U },
): Distribution<MaxRank<R, Broadcast<L, U>>> {
  const name = `truncated ${distribution.name}`;
  const { support } = distribution;
  const { integer } = support;
  if (!distribution.hasCdf) {
    throw new TypeError(`truncate: the distribution function of ${distribution.name} has no closed form`);
  }
  const lower = bounds.lower === -Infinity ? undefined : bounds.lower;
  const upper = bounds.upper === Infinity ? undefined : bounds.upper;
  checkOrder(name, lower, upper, integer);
  const requirement = integer ? boundOnIntegers : bound;
  const parameters: Record<string, Parameter> = parametersOf(distribution);
  if (lower !== undefined) parameters.lower = { value: lower, requirement };
  if (upper !== undefined) parameters.upper = { value: upper, requirement };
  const low = tighterLower(support.lower, lower);
  const high = tighterUpper(support.upper, upper);
  /** The largest value that is cut off below, which is where the distribution function starts. */
  const below = (): Operand | undefined =>
    lower === undefined ? undefined : integer ? minus(lower, 1) : lower;
  const logMass = (): Expression | 0 => logBetween(distribution, below(), upper);
  const truncated: Distribution<number> = new Distribution({
    name,
    parameters,
    support: {
      integer,
      ...(low !== undefined && { lower: low }),
      ...(high !== undefined && { upper: high }),
      open: support.open && (low === support.lower || high === support.upper),
      interior: () => interiorPoint(low, high, support),
    },
    variate: (draw) => byInversion(truncated, low, high, draw),
    terms: (x) => [...distribution.terms(x), neg(logMass())],
    cumulative: {
      logCdf: (x) => sub(logBetween(distribution, below(), x), logMass()),
      logCcdf: (x) => sub(logBetween(distribution, x, upper), logMass()),
    },
  });
  return truncated as Distribution<never>;
}

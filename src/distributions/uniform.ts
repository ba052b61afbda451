/** Uniform distribution on an interval. */
import { less, log, neg, select, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { checkOrder } from '../transforms/bounds';
import { Distribution } from './distribution';
import { finite } from './requirement';

/**
 * −log(upper − lower) for lower ≤ x ≤ upper.
 *
 * @param lower lower end, finite
 * @param upper upper end, finite, above `lower`
 * @throws RangeError when a plain parameter is out of range
 */
export function uniform<L extends Operand, U extends Operand>(
  lower: L,
  upper: U,
): Distribution<Broadcast<L, U>> {
  checkOrder('uniform', lower, upper);
  return new Distribution({
    name: 'uniform',
    parameters: {
      lower: { value: lower, requirement: finite },
      upper: { value: upper, requirement: finite },
    },
    support: { integer: false, lower, upper, open: false, interior: 0 },
    variate: (draw) => draw.uniform(lower, upper),
    terms: () => [neg(log(sub(upper, lower)))],
    cumulative: {
      logCdf: (x) => logShare(sub(x, lower), sub(upper, lower)),
      logCcdf: (x) => logShare(sub(upper, x), sub(upper, lower)),
    },
  });
}

/** log(part/whole); the logarithm is taken of 1 where there is no part, so that no NaN reaches a derivative. */
function logShare(part: Expression, whole: Expression): Expression {
  return sub(log(select(less(0, part), part, 1)), log(whole));
}

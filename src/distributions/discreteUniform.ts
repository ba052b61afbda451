/** Uniform distribution on the integers of an interval. */
import { add, log, neg, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { checkOrder } from '../transforms/bounds';
import { Distribution } from './distribution';
import { integer } from './requirement';

/**
 * −log(upper − lower + 1) for the integers from lower to upper.
 *
 * @param lower the smallest, an integer
 * @param upper the largest, an integer ≥ `lower`
 * @throws RangeError when a plain parameter is out of range
 */
export function discreteUniform<L extends Operand, U extends Operand>(
  lower: L,
  upper: U,
): Distribution<Broadcast<L, U>> {
  checkOrder('discreteUniform', lower, upper, true);
  const logWidth = (): Expression => log(add(sub(upper, lower), 1));
  return new Distribution({
    name: 'discreteUniform',
    parameters: {
      lower: { value: lower, requirement: integer },
      upper: { value: upper, requirement: integer },
    },
    support: { integer: true, lower, upper, open: false, interior: lower },
    variate: (draw) => draw.discreteUniform(lower, upper),
    terms: () => [neg(logWidth())],
    cumulative: {
      logCdf: (y) => sub(log(add(sub(y, lower), 1)), logWidth()),
      logCcdf: (y) => sub(log(sub(upper, y)), logWidth()),
    },
  });
}

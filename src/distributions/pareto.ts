/** Pareto distribution by minimum and shape. */
import { add, log, log1mExp, mul, neg, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { strictlyPositive } from './requirement';

/**
 * log shape − log x − shape·log(x/minimum) for x ≥ minimum.
 *
 * @param minimum lower end, > 0
 * @param shape index of the tail, > 0: moments below it exist
 * @throws RangeError when a plain parameter is out of range
 */
export function pareto<M extends Operand, A extends Operand>(
  minimum: M,
  shape: A,
): Distribution<Broadcast<M, A>> {
  const logCcdf = (x: Expression): Expression => mul(shape, sub(log(minimum), log(x)));
  return new Distribution({
    name: 'pareto',
    parameters: {
      minimum: { value: minimum, requirement: strictlyPositive },
      shape: { value: shape, requirement: strictlyPositive },
    },
    support: { integer: false, lower: minimum, open: false, interior: minimum },
    terms: (x) => [neg(mul(add(shape, 1), log(x))), mul(shape, log(minimum)), log(shape)],
    cumulative: { logCdf: (x) => log1mExp(logCcdf(x)), logCcdf },
  });
}

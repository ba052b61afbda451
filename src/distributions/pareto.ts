/** Pareto distribution by minimum and shape. */
import {
  add,
  div,
  exp,
  log,
  log1mExp,
  log1p,
  mul,
  neg,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
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
  // log1p, for what is hardly above the minimum.
  const logCcdf = (x: Expression): Expression => neg(mul(shape, log1p(div(sub(x, minimum), minimum))));
  return new Distribution({
    name: 'pareto',
    parameters: {
      minimum: { value: minimum, requirement: strictlyPositive },
      shape: { value: shape, requirement: strictlyPositive },
    },
    support: { integer: false, lower: minimum, open: false, interior: () => mul(2, minimum) },
    variate: (draw) => mul(minimum, exp(div(draw.exponential(1), shape))),
    terms: (x) => [neg(mul(add(shape, 1), log(x))), mul(shape, log(minimum)), log(shape)],
    cumulative: { logCdf: (x) => log1mExp(logCcdf(x)), logCcdf },
  });
}

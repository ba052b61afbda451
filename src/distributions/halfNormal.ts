/** Normal distribution about 0, cut to positive values. */
import {
  abs,
  add,
  div,
  erf,
  erfc,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  normalLogCdf,
  select,
  type Expression,
  type Operand,
  type RankOf,
} from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { HALF_LOG_TWO_OVER_PI, LOG_TWO, ROOT_HALF } from './constants';
import { Distribution } from './distribution';
import { fused } from './fused';
import { strictlyPositive } from './requirement';
import { nonNegative } from './support';

/**
 * ½ log(2/π) − log scale − ½ (x/scale)² for x ≥ 0.
 *
 * @param scale standard deviation of the whole normal, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function halfNormal<S extends Operand>(scale: S): Distribution<RankOf<S>> {
  return new Distribution({
    name: 'halfNormal',
    parameters: { scale: { value: scale, requirement: strictlyPositive } },
    support: nonNegative,
    variate: (draw) => abs(draw.normal(0, scale)),
    terms: (x) => [fused(gaussianOperation, x, 0, div(1, scale)), neg(log(scale)), HALF_LOG_TWO_OVER_PI],
    cumulative: {
      logCdf: (x) => logErf(mul(ROOT_HALF, div(x, scale))),
      logCcdf: (x) => logErfc(div(x, scale)),
    },
    standardise: () => ({ location: 0, scale, standard: halfNormal(1) }),
  });
}

/** log erf(z) for z ≥ 0, by the smaller of erf and erfc. */
function logErf(z: Expression): Expression {
  return select(less(z, 0.5), log(erf(minimum(z, 0.5))), log1p(neg(erfc(maximum(z, 0.5)))));
}

/** log erfc(z/√2) for z ≥ 0, likewise. */
function logErfc(z: Expression): Expression {
  const near = log1p(neg(erf(mul(ROOT_HALF, minimum(z, 0.5)))));
  return select(less(z, 0.5), near, add(LOG_TWO, normalLogCdf(neg(maximum(z, 0.5)))));
}

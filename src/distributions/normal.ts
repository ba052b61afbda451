/** Normal distribution by location and scale (not variance). */
import { div, log, neg, normalLogCdf, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { fused } from './fused';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * −½ ((x − location)/scale)² − log scale − ½ log 2π.
 *
 * @param location mean, finite
 * @param scale standard deviation, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function normal<L extends Operand, S extends Operand>(
  location: L,
  scale: S,
): Distribution<Broadcast<L, S>> {
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  return new Distribution({
    name: 'normal',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => draw.normal(location, scale),
    terms: (x) => [fused(gaussianOperation, x, location, div(1, scale)), neg(log(scale)), -HALF_LOG_TWO_PI],
    cumulative: {
      logCdf: (x) => normalLogCdf(standard(x)),
      logCcdf: (x) => normalLogCdf(neg(standard(x))),
    },
    standardise: () => ({ location, scale, standard: normal(0, 1) }),
  });
}

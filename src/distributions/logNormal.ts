/** Log-normal distribution: the logarithm of the value is normal. */
import { div, log, neg, normalLogCdf, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { fused } from './fused';
import { finite, strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * −½ ((log x − location)/scale)² − log x − log scale − ½ log 2π for x > 0.
 *
 * @param location mean of log x, finite
 * @param scale standard deviation of log x, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function logNormal<L extends Operand, S extends Operand>(
  location: L,
  scale: S,
): Distribution<Broadcast<L, S>> {
  const standard = (x: Expression): Expression => div(sub(log(x), location), scale);
  return new Distribution({
    name: 'logNormal',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => draw.logNormal(location, scale),
    terms: (x) => [
      fused(gaussianOperation, log(x), location, div(1, scale)),
      neg(log(x)),
      neg(log(scale)),
      -HALF_LOG_TWO_PI,
    ],
    cumulative: {
      logCdf: (x) => normalLogCdf(standard(x)),
      logCcdf: (x) => normalLogCdf(neg(standard(x))),
    },
  });
}

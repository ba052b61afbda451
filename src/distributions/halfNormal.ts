/** Normal distribution about 0, cut to positive values. */
import { div, log, neg, type Operand, type RankOf } from '../expr';
import { gaussianOperation } from '../expr/operations/fused';
import { HALF_LOG_TWO_OVER_PI } from './constants';
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
    terms: (x) => [fused(gaussianOperation, x, 0, div(1, scale)), neg(log(scale)), HALF_LOG_TWO_OVER_PI],
    standardise: () => ({ location: 0, scale, standard: halfNormal(1) }),
  });
}

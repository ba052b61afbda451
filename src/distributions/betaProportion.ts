/** Beta distribution by its mean and how concentrated it is there. */
import { logIncBeta, mul, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { betaTerms } from './beta';
import { complementedTail } from './complementedTail';
import { Distribution } from './distribution';
import { betweenZeroAndOne, strictlyPositive } from './requirement';
import { unitInterval } from './support';

/**
 * The beta distribution of shapes mean·concentration and (1 − mean)·concentration. A mean that is `sigmoid(eta)` keeps
 * its distance from 1.
 *
 * @param mean mean, strictly between 0 and 1
 * @param concentration sum of the shapes, > 0; the variance is mean·(1 − mean)/(concentration + 1)
 * @throws RangeError when a plain parameter is out of range
 */
export function betaProportion<M extends Operand, C extends Operand>(
  mean: M,
  concentration: C,
): Distribution<Broadcast<M, C>> {
  const a = (): Expression => mul(mean, concentration);
  const b = (): Expression => mul(sub(1, mean), concentration);
  return new Distribution({
    name: 'betaProportion',
    parameters: {
      mean: { value: mean, requirement: betweenZeroAndOne },
      concentration: { value: concentration, requirement: strictlyPositive },
    },
    support: unitInterval,
    variate: (draw) => draw.beta(mul(mean, concentration), mul(sub(1, mean), concentration)),
    terms: (x) => betaTerms(x, a(), b()),
    cumulative: {
      logCdf: (x) => logIncBeta(a(), b(), x),
      logCcdf: (x) => complementedTail(logIncBeta(a(), b(), x), logIncBeta(b(), a(), sub(1, x))),
    },
  });
}

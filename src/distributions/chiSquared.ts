/** Chi-squared distribution: a sum of squares of standard normal variables. */
import { logGammaP, logGammaQ, mul, type Operand, type RankOf } from '../expr';
import { Distribution } from './distribution';
import { gammaTerms } from './gamma';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * (df/2 − 1)·log x − x/2 − df/2·log 2 − log Γ(df/2) for x > 0.
 *
 * @param df degrees of freedom, > 0: the mean
 * @throws RangeError when a plain parameter is out of range
 */
export function chiSquared<D extends Operand>(df: D): Distribution<RankOf<D>> {
  return new Distribution({
    name: 'chiSquared',
    parameters: { df: { value: df, requirement: strictlyPositive } },
    support: positive,
    variate: (draw) => draw.chiSquared(df),
    terms: (x) => gammaTerms(x, mul(0.5, df), 0.5),
    cumulative: {
      logCdf: (x) => logGammaP(mul(0.5, df), mul(0.5, x)),
      logCcdf: (x) => logGammaQ(mul(0.5, df), mul(0.5, x)),
    },
  });
}

/** Inverse chi-squared distribution: 1/x has a chi-squared distribution. */
import { div, logGammaP, logGammaQ, mul, type Operand, type RankOf } from '../expr';
import { Distribution } from './distribution';
import { inverseGammaTerms } from './inverseGamma';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * −(df/2 + 1)·log x − 1/(2x) − df/2·log 2 − log Γ(df/2) for x > 0.
 *
 * @param df degrees of freedom, > 0; the mean is 1/(df − 2)
 * @throws RangeError when a plain parameter is out of range
 */
export function inverseChiSquared<D extends Operand>(df: D): Distribution<RankOf<D>> {
  return new Distribution({
    name: 'inverseChiSquared',
    parameters: { df: { value: df, requirement: strictlyPositive } },
    support: positive,
    variate: (draw) => draw.inverseGamma(mul(0.5, df), 0.5),
    terms: (x) => inverseGammaTerms(x, mul(0.5, df), 0.5),
    cumulative: {
      logCdf: (x) => logGammaQ(mul(0.5, df), div(0.5, x)),
      logCcdf: (x) => logGammaP(mul(0.5, df), div(0.5, x)),
    },
  });
}

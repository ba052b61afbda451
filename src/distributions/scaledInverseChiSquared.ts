/** Scaled inverse chi-squared distribution: what a sample's variance says about a normal's. */
import {
  div,
  logGammaP,
  logGammaQ,
  mul,
  square,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { Distribution } from './distribution';
import { inverseGammaTerms } from './inverseGamma';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * The inverse gamma distribution of shape df/2 and scale df·scale²/2: df·scale²/x is chi-squared.
 *
 * @param df degrees of freedom, > 0
 * @param scale a standard deviation, > 0: x is about scale²; the mean is df·scale²/(df − 2)
 * @throws RangeError when a plain parameter is out of range
 */
export function scaledInverseChiSquared<D extends Operand, S extends Operand>(
  df: D,
  scale: S,
): Distribution<Broadcast<D, S>> {
  const shape = (): Expression => mul(0.5, df);
  const rate = (): Expression => mul(mul(0.5, df), square(scale));
  return new Distribution({
    name: 'scaledInverseChiSquared',
    parameters: {
      df: { value: df, requirement: strictlyPositive },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: positive,
    variate: (draw) => draw.inverseGamma(mul(0.5, df), mul(mul(0.5, df), square(scale))),
    terms: (x) => inverseGammaTerms(x, shape(), rate()),
    cumulative: {
      logCdf: (x) => logGammaQ(shape(), div(rate(), x)),
      logCcdf: (x) => logGammaP(shape(), div(rate(), x)),
    },
  });
}

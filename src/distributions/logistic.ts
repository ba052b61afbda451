/** Logistic distribution by location and scale. */
import { div, log, mul, neg, softplus, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * −z − 2·log(1 + e⁻ᶻ) − log scale, z = (x − location)/scale.
 *
 * @param location mean, finite
 * @param scale scale, > 0; the standard deviation is scale·π/√3
 * @throws RangeError when a plain parameter is out of range
 */
export function logistic<L extends Operand, S extends Operand>(
  location: L,
  scale: S,
): Distribution<Broadcast<L, S>> {
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  return new Distribution({
    name: 'logistic',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => draw.logistic(location, scale),
    terms: (x) => {
      const z = standard(x);
      return [neg(z), mul(-2, softplus(neg(z))), neg(log(scale))];
    },
    cumulative: {
      logCdf: (x) => neg(softplus(neg(standard(x)))),
      logCcdf: (x) => neg(softplus(standard(x))),
    },
    standardise: () => ({ location, scale, standard: logistic(0, 1) }),
  });
}

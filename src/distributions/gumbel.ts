/** Gumbel distribution of the largest of many values, by location and scale. */
import { div, exp, log, mul, neg, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { logInverseCloglog } from './logInverseCloglog';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * −z − e⁻ᶻ − log scale, z = (x − location)/scale.
 *
 * @param location mode, finite; the mean is location + 0.5772·scale
 * @param scale scale, > 0; the standard deviation is scale·π/√6
 * @throws RangeError when a plain parameter is out of range
 */
export function gumbel<L extends Operand, S extends Operand>(
  location: L,
  scale: S,
): Distribution<Broadcast<L, S>> {
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  return new Distribution({
    name: 'gumbel',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => sub(location, mul(scale, log(draw.exponential(1)))),
    terms: (x) => {
      const z = standard(x);
      return [neg(z), neg(exp(neg(z))), neg(log(scale))];
    },
    cumulative: {
      logCdf: (x) => neg(exp(neg(standard(x)))),
      logCcdf: (x) => logInverseCloglog(neg(standard(x))),
    },
    standardise: () => ({ location, scale, standard: gumbel(0, 1) }),
  });
}

/** Rayleigh distribution: the length of a vector of two independent normal variables. */
import { div, log, mul, sqrt, square, sub, type Expression, type Operand, type RankOf } from '../expr';
import { LOG_TWO } from './constants';
import { Distribution } from './distribution';
import { logInverseCloglog } from './logInverseCloglog';
import { strictlyPositive } from './requirement';
import { positive } from './support';

/**
 * log x − 2·log scale − ½ (x/scale)² for x > 0.
 *
 * @param scale standard deviation of each of the two, > 0; the mean is scale·√(π/2)
 * @throws RangeError when a plain parameter is out of range
 */
export function rayleigh<S extends Operand>(scale: S): Distribution<RankOf<S>> {
  const logCcdf = (x: Expression): Expression => mul(-0.5, square(div(x, scale)));
  return new Distribution({
    name: 'rayleigh',
    parameters: { scale: { value: scale, requirement: strictlyPositive } },
    support: positive,
    variate: (draw) => mul(scale, sqrt(draw.exponential(0.5))),
    terms: (x) => [log(x), logCcdf(x), mul(-2, log(scale))],
    cumulative: {
      logCdf: (x) => logInverseCloglog(sub(mul(2, sub(log(x), log(scale))), LOG_TWO)),
      logCcdf,
    },
    standardise: () => ({ location: 0, scale, standard: rayleigh(1) }),
  });
}

/** Student's t distribution about 0, cut to positive values. */
import { abs, div, log, neg, type Broadcast, type Operand } from '../expr';
import { LOG_TWO } from './constants';
import { Distribution } from './distribution';
import { strictlyPositive } from './requirement';
import { studentTerms } from './studentT';
import { studentTail } from './studentTail';
import { nonNegative } from './support';

/**
 * log 2 + the log density of studentT(df, 0, scale), for x ≥ 0.
 *
 * @param df degrees of freedom, > 0
 * @param scale scale of the whole distribution, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function halfStudentT<D extends Operand, S extends Operand>(
  df: D,
  scale: S,
): Distribution<Broadcast<D, S>> {
  return new Distribution({
    name: 'halfStudentT',
    parameters: {
      df: { value: df, requirement: strictlyPositive },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: nonNegative,
    variate: (draw) => abs(draw.studentT(df, 0, scale)),
    terms: (x) => [...studentTerms(df, div(x, scale)), neg(log(scale)), LOG_TWO],
    cumulative: {
      logCdf: (x) => studentTail(df, div(x, scale)).within,
      logCcdf: (x) => studentTail(df, div(x, scale)).beyond,
    },
    standardise: () => ({ location: 0, scale, standard: halfStudentT(df, 1) }),
  });
}

/** Student's t distribution by degrees of freedom, location and scale. */
import {
  add,
  div,
  log,
  log1p,
  logRisingFactorial,
  mul,
  neg,
  square,
  sub,
  type Broadcast,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { LOG_PI } from './constants';
import { Distribution, type Term } from './distribution';
import { finite, strictlyPositive } from './requirement';
import { studentLogCdf } from './studentTail';
import { realLine } from './support';

/**
 * log Γ((df + 1)/2) − log Γ(df/2) − ½ log(df π) − log scale − (df + 1)/2 · log(1 + z²/df), z = (x − location)/scale.
 *
 * @param df degrees of freedom, > 0
 * @param location median, finite
 * @param scale scale, > 0; the standard deviation is scale·√(df/(df − 2))
 * @throws RangeError when a plain parameter is out of range
 */
export function studentT<D extends Operand, L extends Operand, S extends Operand>(
  df: D,
  location: L,
  scale: S,
): Distribution<MaxRank<RankOf<D>, Broadcast<L, S>>> {
  return new Distribution({
    name: 'studentT',
    parameters: {
      df: { value: df, requirement: strictlyPositive },
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => draw.studentT(df, location, scale),
    terms: (x) => [...studentTerms(df, div(sub(x, location), scale)), neg(log(scale))],
    cumulative: {
      logCdf: (x) => studentLogCdf(df, div(sub(x, location), scale)),
      logCcdf: (x) => studentLogCdf(df, div(sub(location, x), scale)),
    },
    standardise: () => ({ location, scale, standard: studentT(df, 0, 1) }),
  });
}

/** The log density of the standard form at z, as terms. */
export function studentTerms(df: Operand, z: Operand): Term[] {
  const half = mul(0.5, df);
  return [
    neg(mul(add(half, 0.5), log1p(div(square(z), df)))),
    logRisingFactorial(half, 0.5),
    mul(-0.5, log(df)),
    -0.5 * LOG_PI,
  ];
}

/** Exponentially modified normal distribution: the sum of a normal and an exponential variable. */
import {
  add,
  div,
  less,
  log,
  logAddExp,
  logDiffExp,
  minimum,
  mul,
  neg,
  normalLogCdf,
  select,
  square,
  sub,
  type Broadcast,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { logMillsRatio } from './logMillsRatio';
import { finite, strictlyPositive } from './requirement';
import { realLine } from './support';

/**
 * log rate − w·z + ½ w² + log Φ(z − w), z = (x − location)/scale, w = rate·scale. The lower tail of the distribution
 * function is a difference: its relative error grows like 1 + |z|/w.
 *
 * @param location mean of the normal part, finite
 * @param scale standard deviation of the normal part, > 0
 * @param rate inverse of the mean of the exponential part, > 0
 * @throws RangeError when a plain parameter is out of range
 */
export function exponentiallyModifiedNormal<L extends Operand, S extends Operand, R extends Operand>(
  location: L,
  scale: S,
  rate: R,
): Distribution<MaxRank<Broadcast<L, S>, RankOf<R>>> {
  const standard = (x: Expression): Expression => div(sub(x, location), scale);
  /** The log density less log rate. */
  const kernel = (z: Expression): Expression => {
    const w = mul(rate, scale);
    const u = sub(z, w);
    // Left of the exponential's start the two squares cancel, which Mills' ratio leaves out.
    const left = sub(sub(logMillsRatio(minimum(u, 0)), mul(0.5, square(z))), HALF_LOG_TWO_PI);
    const right = add(mul(w, sub(mul(0.5, w), z)), normalLogCdf(u));
    return select(less(u, 0), left, right);
  };
  return new Distribution({
    name: 'exponentiallyModifiedNormal',
    parameters: {
      location: { value: location, requirement: finite },
      scale: { value: scale, requirement: strictlyPositive },
      rate: { value: rate, requirement: strictlyPositive },
    },
    support: realLine,
    variate: (draw) => add(draw.normal(location, scale), draw.exponential(rate)),
    terms: (x) => [kernel(standard(x)), log(rate)],
    cumulative: {
      logCdf: (x) => logDiffExp(normalLogCdf(standard(x)), kernel(standard(x))),
      logCcdf: (x) => logAddExp(normalLogCdf(neg(standard(x))), kernel(standard(x))),
    },
  });
}

/** Ordered probit distribution: which interval between cutpoints a normal variable falls into. */
import {
  add,
  equal,
  less,
  logDiffExp,
  neg,
  normalLogCdf,
  select,
  sub,
  type Operand,
  type RankOf,
} from '../expr';
import { countBelow, cutpointCount, oneHot, pick } from './category';
import { Distribution } from './distribution';
import { increasing } from './increasing';
import { finite } from './requirement';

/**
 * log(Φ(c[y] − eta) − Φ(c[y − 1] − eta)) for y in {0, …, K − 1}, where c[−1] = −∞ and c[K − 1] = ∞; computed in the
 * tail nearer to the interval.
 *
 * @param eta location of the latent variable, finite
 * @param cutpoints vector of K − 1 increasing numbers
 * @throws RangeError when a plain parameter is out of range, or cutpoints are not a vector
 */
export function orderedProbit<E extends Operand, C extends Operand>(
  eta: E,
  cutpoints: C,
): Distribution<RankOf<E>> {
  const cuts = cutpointCount('orderedProbit', cutpoints);
  return new Distribution({
    name: 'orderedProbit',
    parameters: {
      eta: { value: eta, requirement: finite },
      cutpoints: { value: cutpoints, requirement: finite, eventRank: 1, joint: increasing },
    },
    support: { integer: true, lower: 0, upper: cuts, open: false, interior: 0 },
    variate: (draw) => countBelow(draw.normal(eta, 1), cutpoints),
    terms: (y) => {
      const c = y.graph.expression(cutpoints);
      const [isFirst, isLast] = [equal(y, 0), equal(y, cuts)];
      const above = sub(pick(oneHot(y, cuts), c), eta);
      const below = sub(pick(oneHot(sub(y, 1), cuts), c), eta);
      // Reflected where the interval lies right of 0, so that both ends are in the lower half.
      const reflected = select(isFirst, 0, select(isLast, 1, less(0, add(above, below))));
      const near = normalLogCdf(select(reflected, neg(below), above));
      const far = select(add(isFirst, isLast), -Infinity, normalLogCdf(select(reflected, neg(above), below)));
      return [logDiffExp(near, far)];
    },
  });
}

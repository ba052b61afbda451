/** Ordered logistic distribution: which interval between cutpoints a logistic variable falls into. */
import {
  concat,
  equal,
  log1mExp,
  mul,
  neg,
  slice,
  softplus,
  sub,
  sum,
  type Expression,
  type Operand,
  type RankOf,
} from '../expr';
import { countBelow, countsOf, cutpointCount, oneHot, pick } from './category';
import { Distribution, type Term } from './distribution';
import { increasing } from './increasing';
import { fills } from './perValue';
import { finite } from './requirement';

/**
 * log(σ(c[y] − eta) − σ(c[y − 1] − eta)) for y in {0, …, K − 1}, where c[−1] = −∞, c[K − 1] = ∞ and σ is the logistic
 * function. Computed as log σ(c[y] − eta) + log σ(eta − c[y − 1]) + log(1 − exp(c[y − 1] − c[y])), which does not
 * cancel.
 *
 * @param eta location of the latent variable, finite
 * @param cutpoints vector of K − 1 increasing numbers
 * @throws RangeError when a plain parameter is out of range, or cutpoints are not a vector
 */
export function orderedLogistic<E extends Operand, C extends Operand>(
  eta: E,
  cutpoints: C,
): Distribution<RankOf<E>> {
  const cuts = cutpointCount('orderedLogistic', cutpoints);
  return new Distribution({
    name: 'orderedLogistic',
    parameters: {
      eta: { value: eta, requirement: finite },
      cutpoints: { value: cutpoints, requirement: finite, eventRank: 1, joint: increasing },
    },
    support: { integer: true, lower: 0, upper: cuts, open: false, interior: 0 },
    variate: (draw) => countBelow(draw.logistic(eta, 1), cutpoints),
    terms: (y) => {
      const c = y.graph.expression(cutpoints);
      const above = pick(oneHot(y, cuts), c);
      const below = pick(oneHot(sub(y, 1), cuts), c);
      return [
        neg(mul(sub(1, equal(y, cuts)), softplus(sub(eta, above)))),
        neg(mul(sub(1, equal(y, 0)), softplus(sub(below, eta)))),
        ...(cuts > 1 ? [widths(y, eta, c, cuts)] : []),
      ];
    },
  });
}

/** log(1 − exp(−width)) of the interval of each observation: computed once an interval, and added by counts. */
function widths(y: Expression, eta: Operand, c: Expression, cuts: number): Term {
  const chosen = oneHot(y, cuts + 1);
  const inner = log1mExp(sub(slice(c, 0, -1), slice(c, 1)));
  const all = concat([y.graph.scalar(0) as Expression, inner, y.graph.scalar(0) as Expression]);
  const elementwise = (): Expression => pick(chosen, all);
  return fills(y, eta) ? { sum: () => sum(mul(countsOf(chosen), all)), elementwise } : elementwise();
}

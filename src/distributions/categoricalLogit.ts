/** Categorical distribution by logits: multinomial logistic regression. */
import { logSumExp, mul, neg, softmax, sum, type Lower, type Operand, type RankOf } from '../expr';
import { countsOf, lastExtent, oneHot } from './category';
import { Distribution } from './distribution';
import { finite } from './requirement';

/**
 * logits[y] − log Σ exp(logits) for y in {0, …, K − 1}.
 *
 * @param logits K logarithms of probabilities, up to a common addend, shared by all observations, or a row of them for
 *   each: shape [K] or [n, K]
 * @throws RangeError when a plain parameter is out of range, or a scalar
 */
export function categoricalLogit<L extends Operand>(logits: L): Distribution<Lower<RankOf<L>>> {
  const extent = lastExtent('categoricalLogit', 'logits', logits);
  return new Distribution({
    name: 'categoricalLogit',
    parameters: { logits: { value: logits, requirement: finite, eventRank: 1 } },
    support: { integer: true, nominal: true, lower: 0, upper: extent - 1, open: false, interior: 0 },
    variate: (draw) => draw.categorical(softmax(logits)),
    terms: (y) => {
      const chosen = oneHot(y, extent);
      const shared = y.graph.expression(logits).rank === 1;
      return [
        {
          sum: () => sum(mul(shared ? countsOf(chosen) : chosen, logits)),
          elementwise: () => sum(mul(chosen, logits), -1),
        },
        neg(logSumExp(logits, -1)),
      ];
    },
  });
}

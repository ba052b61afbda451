/** Categorical distribution by the probabilities of the categories. */
import { sum, type Lower, type Operand, type RankOf } from '../expr';
import { countsOf, lastExtent, oneHot } from './category';
import { countLog } from './countLog';
import { Distribution } from './distribution';
import { sumsToOne } from './joint';
import { probability } from './requirement';

/**
 * log probabilities[y] for y in {0, …, K − 1}.
 *
 * @param probabilities K numbers that sum to 1, shared by all observations, or a row of them for each: shape [K] or
 *   [n, K]
 * @throws RangeError when a plain parameter is out of range, or a scalar
 */
export function categorical<P extends Operand>(probabilities: P): Distribution<Lower<RankOf<P>>> {
  const extent = lastExtent('categorical', 'probabilities', probabilities);
  return new Distribution({
    name: 'categorical',
    parameters: {
      probabilities: { value: probabilities, requirement: probability, eventRank: 1, joint: sumsToOne },
    },
    support: { integer: true, nominal: true, lower: 0, upper: extent - 1, open: false, interior: 0 },
    variate: (draw) => draw.categorical(probabilities),
    terms: (y) => {
      const chosen = oneHot(y, extent);
      const shared = y.graph.expression(probabilities).rank === 1;
      return [
        {
          sum: () => sum(countLog(shared ? countsOf(chosen) : chosen, probabilities)),
          elementwise: () => sum(countLog(chosen, probabilities), -1),
        },
      ];
    },
  });
}

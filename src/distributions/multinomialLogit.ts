/** Multinomial distribution of counts by number of trials and logits: probabilities are their softmax. */
import { logSumExp, mul, neg, softmax, type MaxRank, type Operand, type Raise, type RankOf } from '../expr';
import { lastAxis } from './dirichlet';
import { Distribution } from './distribution';
import { sumTrailing } from './event';
import { arrangements, countsOf } from './multinomial';
import { count, finite } from './requirement';

/**
 * log n! − Σ log x! + Σ x·η − n·log Σ e^η.
 *
 * @param trials n, an integer ≥ 0 for each vector of counts, which sum to it
 * @param logits η, [..., K], finite; a number added to all of them changes nothing
 * @throws RangeError when a plain parameter is out of range
 */
export function multinomialLogit<N extends Operand, L extends Operand>(
  trials: N,
  logits: L,
): Distribution<MaxRank<Raise<RankOf<N>>, RankOf<L>>, 1> {
  return new Distribution({
    name: 'multinomialLogit',
    parameters: {
      trials: { value: trials, requirement: count },
      logits: { value: logits, requirement: finite, eventRank: 1 },
    },
    support: countsOf(trials),
    eventRank: 1,
    eventShape: (graph) => lastAxis(graph.expression(logits)),
    variate: (draw) => draw.multinomial(trials, softmax(logits)),
    terms: (x) => {
      const eta = x.graph.expression(logits);
      const normalizer = logSumExp(eta, -1);
      return [sumTrailing(mul(x, eta), 1), neg(mul(trials, normalizer)), ...arrangements(trials, x)];
    },
  });
}

/** Dirichlet-multinomial distribution: counts whose probabilities have a Dirichlet distribution. */
import {
  logRisingFactorial,
  neg,
  softmax,
  sum,
  type MaxRank,
  type Operand,
  type Raise,
  type RankOf,
} from '../expr';
import { alongVector, lastAxis } from './dirichlet';
import { Distribution } from './distribution';
import { sumTrailing } from './event';
import { arrangements, countsOf } from './multinomial';
import { count, strictlyPositive } from './requirement';

/**
 * log n! − Σ log x! + log Γ(Σ α) − log Γ(n + Σ α) + Σ [log Γ(x + α) − log Γ(α)].
 *
 * @param trials n, an integer ≥ 0 for each vector of counts, which sum to it
 * @param concentration α, > 0: [..., K], or one number for all elements (then the value gives K)
 * @throws RangeError when a plain parameter is out of range
 */
export function dirichletMultinomial<N extends Operand, C extends Operand>(
  trials: N,
  concentration: C,
): Distribution<MaxRank<Raise<RankOf<N>>, MaxRank<RankOf<C>, 1>>, 1> {
  return new Distribution({
    name: 'dirichletMultinomial',
    parameters: {
      trials: { value: trials, requirement: count },
      concentration: { value: concentration, requirement: strictlyPositive, eventRank: 1 },
    },
    support: countsOf(trials),
    eventRank: 1,
    eventShape: (graph) => lastAxis(graph.expression(concentration)),
    variate: (draw) => draw.multinomial(trials, softmax(draw.logGamma(concentration, 1))),
    terms: (x) => {
      const alpha = alongVector(concentration, x);
      const whole = sum(alpha, -1);
      return [
        sumTrailing(logRisingFactorial(alpha, x), 1),
        neg(logRisingFactorial(whole, trials)),
        ...arrangements(trials, x),
      ];
    },
  });
}

/** Multinomial distribution of counts by number of trials and probabilities. */
import {
  equal,
  log,
  lgamma,
  mul,
  select,
  sum,
  type Expression,
  type MaxRank,
  type Operand,
  type Raise,
  type RankOf,
} from '../expr';
import { Distribution, type Term } from './distribution';
import { lastAxis } from './dirichlet';
import { sumTrailing } from './event';
import { sumsToOne } from './joint';
import { argumentOf } from './link';
import { count, probability } from './requirement';
import type { Support } from './support';

/**
 * log n! − Σ log x! + Σ x·log p, with 0·log 0 = 0.
 *
 * @param trials n, an integer ≥ 0 for each vector of counts, which sum to it
 * @param probabilities [..., K], between 0 and 1 with sum 1
 * @throws RangeError when a plain parameter is out of range
 */
export function multinomial<N extends Operand, P extends Operand>(
  trials: N,
  probabilities: P,
): Distribution<MaxRank<Raise<RankOf<N>>, RankOf<P>>, 1> {
  return new Distribution({
    name: 'multinomial',
    parameters: {
      trials: { value: trials, requirement: count },
      probabilities: { value: probabilities, requirement: probability, eventRank: 1, joint: sumsToOne },
    },
    support: countsOf(trials),
    eventRank: 1,
    eventShape: (graph) => lastAxis(graph.expression(probabilities)),
    variate: (draw) => draw.multinomial(trials, probabilities),
    terms: (x) => {
      // Of a softmax the logarithm is what was exponentiated, and finite.
      const logs = argumentOf('exp', probabilities) ?? log(select(equal(x, 0), 1, probabilities));
      return [sumTrailing(mul(x, logs), 1), ...arrangements(trials, x)];
    },
  });
}

/** Vectors of counts with a given sum. */
export function countsOf(trials: Operand): Support {
  return {
    integer: true,
    lower: 0,
    open: false,
    interior: 0,
    joint: { text: 'sum to the number of trials', holds: (x) => equal(sum(x, -1), trials) },
  };
}

/** log of the number of ways to arrange the counts, as terms. */
export function arrangements(trials: Operand, x: Expression): Term[] {
  return [lgamma(x.graph.expression(trials).add(1)), sumTrailing(lgamma(x.add(1)), 1).neg()];
}

/** Hypergeometric distribution: successes among draws without replacement. */
import { add, neg, sub, type Broadcast, type MaxRank, type Operand, type RankOf } from '../expr';
import { checkOrder } from '../transforms/bounds';
import { logChoose } from './binomialLogit';
import { minus, tighterLower, tighterUpper } from './bounds';
import { Distribution } from './distribution';
import { count } from './requirement';

/**
 * log C(successes, y) + log C(failures, draws − y) − log C(successes + failures, draws) for the y that can be drawn. Its
 * distribution function has no closed form.
 *
 * @param draws number of draws, an integer ≥ 0, at most successes + failures
 * @param successes how many there are to draw from, an integer ≥ 0
 * @param failures likewise
 * @throws RangeError when a plain parameter is out of range
 */
export function hypergeometric<N extends Operand, A extends Operand, B extends Operand>(
  draws: N,
  successes: A,
  failures: B,
): Distribution<MaxRank<RankOf<N>, Broadcast<A, B>>> {
  const lower = tighterLower(0, minus(draws, failures)) as Operand;
  const upper = tighterUpper(successes, draws) as Operand;
  checkOrder('hypergeometric', lower, upper, true);
  return new Distribution({
    name: 'hypergeometric',
    parameters: {
      draws: { value: draws, requirement: count },
      successes: { value: successes, requirement: count },
      failures: { value: failures, requirement: count },
    },
    support: { integer: true, lower, upper, open: false, interior: lower },
    variate: (draw) => draw.hypergeometric(draws, successes, failures),
    terms: (y) => [
      ...logChoose(successes, y),
      ...logChoose(failures, sub(draws, y)),
      ...logChoose(add(successes, failures), draws).map(neg),
    ],
  });
}

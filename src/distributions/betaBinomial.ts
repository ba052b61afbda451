/** Beta-binomial distribution: a binomial whose probability has a beta distribution. */
import {
  add,
  logRisingFactorial,
  neg,
  sub,
  type Broadcast,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { logChoose } from './binomialLogit';
import { Distribution } from './distribution';
import { count, strictlyPositive } from './requirement';

/**
 * log C(trials, y) + log B(y + a, trials − y + b) − log B(a, b) for y in {0, …, trials}. Its distribution function has
 * no closed form.
 *
 * @param trials number of trials, an integer ≥ 0
 * @param a shape at probability 0, > 0: prior successes
 * @param b shape at probability 1, > 0: prior failures; the mean is trials·a/(a + b)
 * @throws RangeError when a plain parameter is out of range
 */
export function betaBinomial<N extends Operand, A extends Operand, B extends Operand>(
  trials: N,
  a: A,
  b: B,
): Distribution<MaxRank<RankOf<N>, Broadcast<A, B>>> {
  return new Distribution({
    name: 'betaBinomial',
    parameters: {
      trials: { value: trials, requirement: count },
      a: { value: a, requirement: strictlyPositive },
      b: { value: b, requirement: strictlyPositive },
    },
    support: { integer: true, lower: 0, upper: trials, open: false, interior: 0 },
    variate: (draw) => draw.binomial(trials, draw.beta(a, b)),
    terms: (y) => [
      // The beta functions' quotient in rising factorials, which do not cancel where a and b are large.
      logRisingFactorial(a, y),
      logRisingFactorial(b, sub(trials, y)),
      neg(logRisingFactorial(add(a, b), trials)),
      ...logChoose(trials, y),
    ],
  });
}

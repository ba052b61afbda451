/** Geometric distribution: failures before the first success. */
import { add, log, log1mExp, log1p, mul, neg, softplus, type Operand, type RankOf } from '../expr';
import { countLogComplement } from './countLog';
import { Distribution } from './distribution';
import { argumentOf } from './link';
import { positiveProbability } from './requirement';
import { naturals } from './support';

/**
 * log p + y·log(1 − p) for y in {0, 1, …}. A probability that is `sigmoid(eta)` is computed on eta.
 *
 * @param probability of success in a trial, above 0, at most 1; the mean is (1 − p)/p
 * @throws RangeError when a plain parameter is out of range
 */
export function geometric<P extends Operand>(probability: P): Distribution<RankOf<P>> {
  const logit = argumentOf('sigmoid', probability);
  const logCcdf = (y: Operand): Operand =>
    mul(add(y, 1), logit === undefined ? log1p(neg(probability)) : neg(softplus(logit)));
  return new Distribution({
    name: 'geometric',
    parameters: { probability: { value: probability, requirement: positiveProbability } },
    support: naturals,
    variate: (draw) => draw.geometric(probability),
    terms: (y) =>
      logit === undefined
        ? [countLogComplement(y, probability), log(probability)]
        : [neg(mul(y, softplus(logit))), neg(softplus(neg(logit)))],
    cumulative: { logCdf: (y) => log1mExp(logCcdf(y)), logCcdf },
  });
}

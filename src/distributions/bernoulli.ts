/** Bernoulli distribution by probability: 1 with probability p, else 0. */
import { log, log1p, neg, sub, type Operand, type RankOf } from '../expr';
import { logitTerms } from './bernoulliLogit';
import { countLog, countLogComplement } from './countLog';
import { Distribution } from './distribution';
import { argumentOf } from './link';
import { probability as isProbability } from './requirement';
import { binary } from './support';

/**
 * y·log p + (1 − y)·log(1 − p) for y in {0, 1}. A probability that is `sigmoid(eta)` is computed on eta, so that it
 * neither rounds to 1 nor underflows.
 *
 * @param probability of a 1, between 0 and 1
 * @throws RangeError when a plain parameter is out of range
 */
export function bernoulli<P extends Operand>(probability: P): Distribution<RankOf<P>> {
  const logit = argumentOf('sigmoid', probability);
  return new Distribution({
    name: 'bernoulli',
    parameters: { probability: { value: probability, requirement: isProbability } },
    support: binary,
    variate: (draw) => draw.binomial(1, probability),
    terms: (y) =>
      logit !== undefined
        ? logitTerms(y, logit)
        : [countLog(y, probability), countLogComplement(sub(1, y), probability)],
    // Below 1, the distribution function is that at 0.
    cumulative: { logCdf: () => log1p(neg(probability)), logCcdf: () => log(probability) },
  });
}

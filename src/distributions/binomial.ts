/** Binomial distribution by number of trials and probability. */
import { sub, type Broadcast, type Operand } from '../expr';
import { binomialCumulative, binomialLogitTerms, logChoose } from './binomialLogit';
import { countLog, countLogComplement } from './countLog';
import { Distribution } from './distribution';
import { argumentOf } from './link';
import { count, probability as isProbability } from './requirement';

/**
 * log C(trials, y) + y·log p + (trials − y)·log(1 − p) for y in {0, …, trials}. A probability that is `sigmoid(eta)` is
 * computed on eta, so that it neither rounds to 1 nor underflows.
 *
 * @param trials number of trials, an integer ≥ 0
 * @param probability of success in a trial, between 0 and 1
 * @throws RangeError when a plain parameter is out of range
 */
export function binomial<N extends Operand, P extends Operand>(
  trials: N,
  probability: P,
): Distribution<Broadcast<N, P>> {
  const logit = argumentOf('sigmoid', probability);
  return new Distribution({
    name: 'binomial',
    parameters: {
      trials: { value: trials, requirement: count },
      probability: { value: probability, requirement: isProbability },
    },
    support: { integer: true, lower: 0, upper: trials, open: false, interior: 0 },
    variate: (draw) => draw.binomial(trials, probability),
    terms: (y) =>
      logit !== undefined
        ? binomialLogitTerms(y, trials, logit)
        : [
            countLog(y, probability),
            countLogComplement(sub(trials, y), probability),
            ...logChoose(trials, y),
          ],
    cumulative: binomialCumulative(
      trials,
      () => probability,
      () => sub(1, probability),
    ),
  });
}

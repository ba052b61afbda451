/** Negative binomial distribution as a Poisson distribution whose rate has a gamma distribution. */
import { log, neg, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { negativeBinomialCumulative, negativeBinomialTerms } from './negativeBinomial';
import { strictlyPositive } from './requirement';
import { naturals } from './support';

/**
 * The negative binomial distribution of dispersion `shape` and mean shape/rate. Counted as failures before the
 * shape-th success, the probability of a success is rate/(rate + 1).
 *
 * @param shape shape of the gamma distribution, > 0
 * @param rate its inverse scale, > 0: the odds of a success
 * @throws RangeError when a plain parameter is out of range
 */
export function negativeBinomialShapeRate<A extends Operand, B extends Operand>(
  shape: A,
  rate: B,
): Distribution<Broadcast<A, B>> {
  const logOdds = (): Expression => neg(log(rate));
  return new Distribution({
    name: 'negativeBinomialShapeRate',
    parameters: {
      shape: { value: shape, requirement: strictlyPositive },
      rate: { value: rate, requirement: strictlyPositive },
    },
    support: naturals,
    variate: (draw) => draw.negativeBinomialShapeRate(shape, rate),
    terms: (y) => negativeBinomialTerms(y, shape, logOdds()),
    cumulative: negativeBinomialCumulative(shape, logOdds),
  });
}

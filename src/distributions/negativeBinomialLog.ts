/** Negative binomial distribution by the logarithm of its mean: regression of overdispersed counts. */
import { exp, log, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { Distribution } from './distribution';
import { negativeBinomialCumulative, negativeBinomialTerms } from './negativeBinomial';
import { finite, strictlyPositive } from './requirement';
import { naturals } from './support';

/**
 * The negative binomial distribution of mean e^logMean.
 *
 * @param logMean logarithm of the mean, finite
 * @param dispersion φ > 0: the variance is mean + mean²/φ
 * @throws RangeError when a plain parameter is out of range
 */
export function negativeBinomialLog<L extends Operand, D extends Operand>(
  logMean: L,
  dispersion: D,
): Distribution<Broadcast<L, D>> {
  const logOdds = (): Expression => sub(logMean, log(dispersion));
  return new Distribution({
    name: 'negativeBinomialLog',
    parameters: {
      logMean: { value: logMean, requirement: finite },
      dispersion: { value: dispersion, requirement: strictlyPositive },
    },
    support: naturals,
    variate: (draw) => draw.negativeBinomial(exp(logMean), dispersion),
    terms: (y) => negativeBinomialTerms(y, dispersion, logOdds()),
    cumulative: negativeBinomialCumulative(dispersion, logOdds),
  });
}

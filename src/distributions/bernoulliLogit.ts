/** Bernoulli distribution by the logit of its probability: logistic regression. */
import { mul, neg, sigmoid, softplus, type Expression, type Operand, type RankOf } from '../expr';
import { bernoulliLogitOperation } from '../expr/operations/fused';
import { Distribution, type Term } from './distribution';
import { fused } from './fused';
import { finite } from './requirement';
import { binary } from './support';

/**
 * y·logit − log(1 + e^logit) for y in {0, 1}.
 *
 * @param logit log(p/(1 − p)), finite
 * @throws RangeError when a plain parameter is out of range
 */
export function bernoulliLogit<L extends Operand>(logit: L): Distribution<RankOf<L>> {
  return new Distribution({
    name: 'bernoulliLogit',
    parameters: { logit: { value: logit, requirement: finite } },
    support: binary,
    variate: (draw) => draw.binomial(1, sigmoid(logit)),
    terms: (y) => logitTerms(y, logit),
    // Below 1, the distribution function is that at 0.
    cumulative: { logCdf: () => neg(softplus(logit)), logCcdf: () => neg(softplus(neg(logit))) },
  });
}

/** One kernel over the rows; a logit that rows share is worth one softplus for all of them. */
export function logitTerms(y: Expression, logit: Operand): Term[] {
  return y.graph.expression(logit).size < y.size
    ? [mul(y, logit), neg(softplus(logit))]
    : [fused(bernoulliLogitOperation, y, logit)];
}

/** Binomial distribution by number of trials and the logit of the probability. */
import { add, lgamma, mul, neg, softplus, sub, type Broadcast, type Expression, type Operand } from '../expr';
import { binomialLogitOperation } from '../expr/operations/fused';
import { Distribution, type Term } from './distribution';
import { fused } from './fused';
import { count, finite } from './requirement';

/**
 * log C(trials, y) + y·logit − trials·log(1 + e^logit) for y in {0, …, trials}.
 *
 * @param trials number of trials, an integer ≥ 0
 * @param logit log(p/(1 − p)), finite
 * @throws RangeError when a plain parameter is out of range
 */
export function binomialLogit<N extends Operand, L extends Operand>(
  trials: N,
  logit: L,
): Distribution<Broadcast<N, L>> {
  return new Distribution({
    name: 'binomialLogit',
    parameters: {
      trials: { value: trials, requirement: count },
      logit: { value: logit, requirement: finite },
    },
    support: { integer: true, lower: 0, upper: trials, open: false, interior: 0 },
    terms: (y) => binomialLogitTerms(y, trials, logit),
  });
}

/** One kernel over the rows; a logit that rows share is worth one softplus for all of them. */
export function binomialLogitTerms(y: Expression, trials: Operand, logit: Operand): Term[] {
  const density: Term[] =
    y.graph.expression(logit).size < y.size
      ? [mul(y, logit), neg(mul(trials, softplus(logit)))]
      : [fused(binomialLogitOperation, y, trials, logit)];
  return [...density, ...logChoose(trials, y)];
}

/** log of the binomial coefficient, in terms that fold where trials or successes are data. */
export function logChoose(trials: Operand, successes: Operand): Term[] {
  return [
    lgamma(add(trials, 1)),
    neg(lgamma(add(successes, 1))),
    neg(lgamma(add(sub(trials, successes), 1))),
  ];
}

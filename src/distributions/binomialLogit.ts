/** Binomial distribution by number of trials and the logit of the probability. */
import {
  add,
  lbeta,
  log,
  logIncBeta,
  maximum,
  mul,
  neg,
  sigmoid,
  softplus,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { binomialLogitOperation } from '../expr/operations/fused';
import { complementedTail } from './complementedTail';
import { Distribution, type Cumulative, type Term } from './distribution';
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
    variate: (draw) => draw.binomial(trials, sigmoid(logit)),
    terms: (y) => binomialLogitTerms(y, trials, logit),
    cumulative: binomialCumulative(
      trials,
      () => sigmoid(logit),
      () => sigmoid(neg(logit)),
    ),
  });
}

/** The log density, as terms. */
export function binomialLogitTerms(y: Expression, trials: Operand, logit: Operand): Term[] {
  return [...trialsTerms(y, trials, logit), ...logChoose(trials, y)];
}

/**
 * y·logit − trials·log(1 + e^logit): one kernel over the rows; a logit that rows share is worth one softplus for all of
 * them.
 */
export function trialsTerms(y: Expression, trials: Operand, logit: Operand): Term[] {
  return y.graph.expression(logit).size < y.size
    ? [mul(y, logit), neg(mul(trials, softplus(logit)))]
    : [fused(binomialLogitOperation, y, trials, logit)];
}

/** log of the binomial coefficient, in terms that fold where trials or successes are data. */
export function logChoose(trials: Operand, successes: Operand): Expression[] {
  return [neg(lbeta(add(successes, 1), add(sub(trials, successes), 1))), neg(log(add(trials, 1)))];
}

/** P(Y > y) = I_p(y + 1, trials − y) for y < trials, and its complement (Abramowitz & Stegun 26.5.24). */
export function binomialCumulative(
  trials: Operand,
  success: () => Operand,
  failure: () => Operand,
): Cumulative {
  // Beyond the last trial nothing is asked, but a shape of 0 would make NaN of derivatives.
  const rest = (y: Expression): Expression => maximum(sub(trials, y), 1);
  const above = (y: Expression): Expression => logIncBeta(add(y, 1), rest(y), success());
  const upTo = (y: Expression): Expression => logIncBeta(rest(y), add(y, 1), failure());
  return {
    logCdf: (y) => complementedTail(above(y), upTo(y)),
    logCcdf: (y) => complementedTail(upTo(y), above(y)),
  };
}

/** Negative binomial distribution by mean and dispersion: counts that vary more than Poisson's. */
import {
  add,
  lgamma,
  log,
  logIncBeta,
  logRisingFactorial,
  neg,
  sigmoid,
  sub,
  type Broadcast,
  type Expression,
  type Operand,
} from '../expr';
import { trialsTerms } from './binomialLogit';
import { complementedTail } from './complementedTail';
import { Distribution, type Cumulative, type Term } from './distribution';
import { perValue } from './perValue';
import { strictlyPositive } from './requirement';
import { naturals } from './support';

/**
 * log Γ(y + φ) − log Γ(φ) − log y! + y·log(μ/(μ + φ)) + φ·log(φ/(μ + φ)) for y in {0, 1, …}, μ the mean and φ the
 * dispersion. A mean that is `exp(eta)` is computed on eta.
 *
 * @param mean mean, > 0
 * @param dispersion φ > 0: the variance is mean + mean²/φ, so that a large one is nearly Poisson's
 * @throws RangeError when a plain parameter is out of range
 */
export function negativeBinomial<M extends Operand, D extends Operand>(
  mean: M,
  dispersion: D,
): Distribution<Broadcast<M, D>> {
  const logOdds = (): Expression => sub(log(mean), log(dispersion));
  return new Distribution({
    name: 'negativeBinomial',
    parameters: {
      mean: { value: mean, requirement: strictlyPositive },
      dispersion: { value: dispersion, requirement: strictlyPositive },
    },
    support: naturals,
    variate: (draw) => draw.negativeBinomial(mean, dispersion),
    terms: (y) => negativeBinomialTerms(y, dispersion, logOdds()),
    cumulative: negativeBinomialCumulative(dispersion, logOdds),
  });
}

/** By shape φ and log(μ/φ): binomial trials but for the coefficient, so that their kernel serves. */
export function negativeBinomialTerms(y: Expression, shape: Operand, logOdds: Operand): Term[] {
  return [
    ...trialsTerms(y, add(y, shape), logOdds),
    perValue(y, (count) => logRisingFactorial(shape, count), shape, logOdds),
    neg(lgamma(add(y, 1))),
  ];
}

/**
 * P(Y > y) = I_q(y + 1, φ), q = μ/(μ + φ), and its complement (Abramowitz & Stegun 26.5.26). The error of the second in
 * the lower tail grows like φ·1e−16.
 */
export function negativeBinomialCumulative(shape: Operand, logOdds: () => Expression): Cumulative {
  const above = (y: Expression): Expression => logIncBeta(add(y, 1), shape, sigmoid(logOdds()));
  const upTo = (y: Expression): Expression => logIncBeta(shape, add(y, 1), sigmoid(neg(logOdds())));
  return {
    logCdf: (y) => complementedTail(above(y), upTo(y)),
    logCcdf: (y) => complementedTail(upTo(y), above(y)),
  };
}

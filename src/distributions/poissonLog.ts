/** Poisson distribution by the logarithm of its rate: Poisson regression. */
import {
  add,
  exp,
  lgamma,
  logGammaP,
  logGammaQ,
  mul,
  neg,
  type Expression,
  type Operand,
  type RankOf,
} from '../expr';
import { poissonLogOperation } from '../expr/operations/fused';
import { Distribution, type Term } from './distribution';
import { fused } from './fused';
import { finite } from './requirement';
import { naturals } from './support';

/**
 * y·logRate − e^logRate − log y! for y in {0, 1, …}.
 *
 * @param logRate logarithm of the mean, finite
 * @throws RangeError when a plain parameter is out of range
 */
export function poissonLog<L extends Operand>(logRate: L): Distribution<RankOf<L>> {
  return new Distribution({
    name: 'poissonLog',
    parameters: { logRate: { value: logRate, requirement: finite } },
    support: naturals,
    variate: (draw) => draw.poisson(exp(logRate)),
    terms: (y) => poissonLogTerms(y, logRate),
    cumulative: {
      logCdf: (y) => logGammaQ(add(y, 1), exp(logRate)),
      logCcdf: (y) => logGammaP(add(y, 1), exp(logRate)),
    },
  });
}

/** One kernel over the rows; a rate that rows share is worth one exponential for all of them. */
export function poissonLogTerms(y: Expression, logRate: Operand): Term[] {
  const density: Term[] =
    y.graph.expression(logRate).size < y.size
      ? [mul(y, logRate), neg(exp(logRate))]
      : [fused(poissonLogOperation, y, logRate)];
  return [...density, neg(lgamma(add(y, 1)))];
}

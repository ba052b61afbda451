/** LKJ distribution of correlation matrices. */
import { log, matmul, transpose, type Operand, type Raise, type RankOf } from '../expr';
import { correlation } from '../transforms/correlation';
import { eachEvent } from '../transforms/eachEvent';
import { choleskyFactor } from '../transforms/factor';
import { Distribution } from './distribution';
import { diagonals } from './event';
import { correlationMatrix } from './joint';
import { lkjTerms, onion } from './lkjCholesky';
import { strictlyPositive } from './requirement';
import type { Support } from './support';

const correlations: Support = {
  integer: false,
  open: false,
  interior: 0,
  joint: correlationMatrix,
  transform: correlation,
};

/**
 * (η − 1)·log det x, normalised, for K×K correlation matrices (Lewandowski, Kurowicka & Joe 2009). `lkjCholesky` is the
 * same distribution on the factor that most models need.
 *
 * @param concentration η, > 0: 1 is uniform over correlation matrices, more favours weak correlations; dims give K
 * @throws RangeError when a plain parameter is out of range
 */
export function lkj<C extends Operand>(concentration: C): Distribution<Raise<Raise<RankOf<C>>>, 2> {
  return new Distribution({
    name: 'lkj',
    parameters: { concentration: { value: concentration, requirement: strictlyPositive } },
    support: correlations,
    eventRank: 2,
    variate: (draw) =>
      eachEvent([{ value: onion(draw, concentration), eventRank: 2 }], (factor) =>
        matmul(factor, transpose(factor)),
      ),
    terms: (x) => lkjTerms(concentration, log(diagonals(choleskyFactor(x)))),
  });
}

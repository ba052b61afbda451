/** Zeros by one mechanism, everything else by another. */
import {
  add,
  equal,
  log,
  log1mExp,
  log1p,
  neg,
  select,
  sub,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { Distribution } from './distribution';
import { parametersOf } from './nested';
import { interiorOf } from './support';
import { truncate } from './truncate';
import { probability as isProbability } from './requirement';

/**
 * 0 with some probability p, and otherwise a value that is not 0: log p at 0, log(1 − p) + log f(y) elsewhere, where a
 * discrete f is normalised without its own zero. A probability that is `sigmoid(eta)` is computed on eta. For observed
 * data only.
 *
 * @param probability p of a zero, between 0 and 1
 * @param distribution of what is not 0: of counts (poisson) or of amounts (gamma, logNormal)
 * @throws RangeError when a plain parameter is out of range
 */
export function hurdle<P extends Operand, R extends number>(
  probability: P,
  distribution: Distribution<R>,
): Distribution<MaxRank<RankOf<P>, R>> {
  const { support } = distribution;
  return new Distribution({
    name: `hurdle ${distribution.name}`,
    parameters: {
      ...parametersOf(distribution),
      probability: { value: probability, requirement: isProbability },
    },
    atoms: true,
    support: { ...support, open: support.open && support.lower !== 0 },
    variate: (draw) => {
      const other = support.integer ? truncate(distribution, { lower: 1 }) : distribution;
      return select(draw.binomial(1, probability), 0, other.variate(draw));
    },
    terms: (y) => {
      const isZero = equal(y, 0);
      const density = distribution.logDensity(select(isZero, support.integer ? 1 : interiorOf(support), y));
      const mass = support.integer ? log1mExp(distribution.logDensity(0)) : 0;
      const other = add(log1p(neg(probability)), sub(density, mass));
      return [select(isZero, log(probability), other)];
    },
  });
}

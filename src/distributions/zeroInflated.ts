/** A distribution of counts with more zeros than its own. */
import {
  add,
  equal,
  log,
  log1p,
  logAddExp,
  neg,
  select,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { Distribution } from './distribution';
import { parametersOf } from './nested';
import { probability as isProbability } from './requirement';

/**
 * 0 with some probability, and otherwise a count that may itself be 0: log(p + (1 − p)·f(0)) at 0, log(1 − p) + log f(y)
 * elsewhere. A probability that is `sigmoid(eta)` is computed on eta.
 *
 * @param probability p of a further zero, between 0 and 1
 * @param distribution of the counts, discrete, such as poisson or negativeBinomial
 * @throws TypeError when the distribution is not discrete
 * @throws RangeError when a plain parameter is out of range
 */
export function zeroInflated<P extends Operand, R extends number>(
  probability: P,
  distribution: Distribution<R>,
): Distribution<MaxRank<RankOf<P>, R>> {
  if (!distribution.discrete) {
    throw new TypeError(
      `zeroInflated: expected a discrete distribution, got ${distribution.name}; see hurdle for continuous ones`,
    );
  }
  const { support } = distribution;
  return new Distribution({
    name: `zero-inflated ${distribution.name}`,
    parameters: {
      ...parametersOf(distribution),
      probability: { value: probability, requirement: isProbability },
    },
    support: {
      ...support,
      lower: typeof support.lower === 'number' ? Math.min(support.lower, 0) : support.lower,
    },
    variate: (draw) => select(draw.binomial(1, probability), 0, distribution.variate(draw)),
    terms: (y) => {
      const density = distribution.weightedLogDensity(y, log1p(neg(probability)));
      return [select(equal(y, 0), logAddExp(log(probability), density), density)];
    },
    ...(distribution.hasCdf && {
      cumulative: {
        logCdf: (y) => logAddExp(log(probability), add(log1p(neg(probability)), distribution.logCdf(y))),
        logCcdf: (y) => add(log1p(neg(probability)), distribution.logCcdf(y)),
      },
    }),
  });
}

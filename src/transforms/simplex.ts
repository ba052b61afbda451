/** Simplexes, positive numbers with sum one: the softmax of a vector that sums to zero. */
import { add, exp, log, logSumExp, mean, mul, reshape, sub, sum, type Expression } from '../expr';
import { vectorLength } from './extent';
import type { Transform } from './transform';
import { zeroSumCoordinates, zeroSumVector } from './zeroSum';

/**
 * Vectors [..., K], K ≥ 2, of positive numbers with sum 1, from K − 1 free numbers: the inverse of the isometric
 * log-ratio transform (Egozcue et al. 2003), which treats all elements alike and which Stan uses since 2.37. The log
 * Jacobian, with respect to any K − 1 of the elements, is ½ log K + Σ log x.
 */
export const simplex: Transform = {
  name: 'simplex',
  eventRank: 1,
  unconstrainedShape: (shape) => [...shape.slice(0, -1), vectorLength('simplex', shape, 2) - 1],
  constrain: (u) => {
    const z = zeroSumVector(u);
    return exp(sub(z, alongLast(logSumExp(z, -1))));
  },
  logJacobian: (u) => {
    const z = zeroSumVector(u);
    const length = z.shape.at(-1)!;
    const normalizer = logSumExp(z, -1);
    // Σ log x = Σ z − K·normalizer, and Σ z = 0.
    const constant = mul(normalizer.size / 2, log(u.graph.scalar(length)));
    return add(mul(-length, sum(normalizer)), constant);
  },
  unconstrain: (x) => {
    const z = log(x);
    return zeroSumCoordinates(sub(z, alongLast(mean(z, -1))));
  },
};

/** One number a vector, to be broadcast along the vector. */
function alongLast(x: Expression): Expression {
  return reshape(x, [...x.shape, 1]);
}

/** Covariance matrices, by way of their Cholesky factors. */
import { add, dot, log, mul } from '../expr';
import {
  covarianceCholesky,
  covarianceFactor,
  covarianceShape,
  logDiagonal,
  matricesOf,
} from './covarianceCholesky';
import { choleskyFactor, symmetricProduct } from './factor';
import { bySize } from './table';
import type { Transform } from './transform';

/** For the i-th diagonal element, from 0, K − i + 1: one from its logarithm, the rest from the product LLᵀ. */
const weights = bySize((count: number, order: number): Float64Array =>
  Float64Array.from({ length: count * order }, (_, row) => order + 1 - (row % order)),
);

/**
 * Matrices [..., K, K], symmetric and positive definite, from K(K + 1)/2 free numbers. Where a model needs no more than
 * the factor, `covarianceCholesky` is the cheaper and more stable constraint.
 */
export const covariance: Transform = {
  name: 'covariance',
  eventRank: 2,
  unconstrainedShape: covarianceShape('covariance'),
  constrain: (u) => symmetricProduct(covarianceFactor(u)),
  logJacobian: (u) => {
    const diagonal = logDiagonal(u);
    const { count, order } = matricesOf(u);
    return add(mul(count * order, log(u.graph.scalar(2))), dot(diagonal, weights(count, order)));
  },
  unconstrain: (x) => covarianceCholesky.unconstrain(choleskyFactor(x)),
};

/** Correlation matrices, by way of their Cholesky factors. */
import {
  correlationCholesky,
  correlationFactor,
  correlationShape,
  correlationWeightedSum,
} from './correlationCholesky';
import { choleskyFactor, symmetricProduct } from './factor';
import type { Transform } from './transform';
import { weightsBelow } from './triangle';

// Those of the factor, and ∏ Lᵢᵢ^(K − i) from the product.
const weights = weightsBelow((_i, j, order) => order - j);

/**
 * Matrices [..., K, K], K ≥ 2, symmetric and positive definite with ones on the diagonal, from K(K − 1)/2 free numbers.
 * Where a model needs no more than the factor, `correlationCholesky` is the cheaper and more stable constraint.
 */
export const correlation: Transform = {
  name: 'correlation',
  eventRank: 2,
  unconstrainedShape: correlationShape('correlation'),
  constrain: (u) => symmetricProduct(correlationFactor(u)),
  logJacobian: (u) => correlationWeightedSum(u, weights),
  unconstrain: (x) => correlationCholesky.unconstrain(choleskyFactor(x)),
};

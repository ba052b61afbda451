/** Symmetric matrices made of a Cholesky factor, and the factor again: a matrix remembers what it was made of. */
import { cholesky, matmul, transpose, type Expression } from '../expr';
import { eachEvent } from './eachEvent';

const factors = new WeakMap<Expression, Expression>();

/** LLᵀ of matrices [..., K, K]. */
export function symmetricProduct(factor: Expression): Expression {
  return eachEvent([{ value: factor, eventRank: 2 }], (l) => {
    const product = matmul(l, transpose(l));
    factors.set(product, l);
    return product;
  });
}

/** The lower triangular L with LLᵀ = x, for matrices [..., K, K]; NaN where x is not positive definite. */
export function choleskyFactor(x: Expression): Expression {
  return eachEvent([{ value: x, eventRank: 2 }], (matrix) => factors.get(matrix) ?? cholesky(matrix));
}

/** Operations on single matrices, over arrays of them. */
import { at, reshape, stack, type Expression } from '../expr';

/** Applies `operation` to each matrix in the last two axes, and puts the results, of one shape, in their places. */
export function eachMatrix(x: Expression, operation: (matrix: Expression) => Expression): Expression {
  if (x.rank <= 2) return operation(x);
  const batch = x.shape.slice(0, -2);
  const matrices = reshape(x, [-1, ...x.shape.slice(-2)]);
  const results = Array.from({ length: matrices.shape[0] }, (_, i) => operation(at(matrices, i)));
  return reshape(stack(results), [...batch, ...results[0].shape]);
}

/** Categories 0 … K − 1, observed among the elements of a parameter's last axis. */
import { equal, Expression, less, matmul, reshape, sum, type Operand } from '../expr';

/** Extent of the last axis of a parameter; throws for a scalar. */
export function lastExtent(distribution: string, parameter: string, value: Operand): number {
  if (value instanceof Expression && value.rank > 0) return value.shape[value.rank - 1];
  if (value instanceof Expression || typeof value === 'number') {
    throw new RangeError(`${distribution}: ${parameter} must be a vector or rows of them, got a scalar`);
  }
  let row: unknown = value;
  while (Array.isArray(row) && Array.isArray(row[0])) row = row[0];
  return (row as ArrayLike<number>).length;
}

/** 1 at the position y of a new last axis of `extent` positions, 0 elsewhere; data gives data. */
export function oneHot(y: Expression, extent: number): Expression {
  const positions = y.graph.constant(Float64Array.from({ length: extent }, (_, k) => k));
  return equal(reshape(y, [...y.shape, 1]), positions);
}

/** How often each category occurs, given `oneHot` of all observations. */
export function countsOf(chosen: Expression): Expression<1> {
  const extent = chosen.shape[chosen.rank - 1];
  return sum(reshape(chosen, [chosen.size / extent, extent]), 0) as Expression<1>;
}

/** The element of a vector that each row of `chosen` picks. */
export function pick(chosen: Expression, vector: Expression): Expression {
  const extent = chosen.shape[chosen.rank - 1];
  const picked = matmul(reshape(chosen, [chosen.size / extent, extent]), vector);
  return reshape(picked, chosen.shape.slice(0, -1));
}

/** How many of the cutpoints lie below each element. */
export function countBelow(latent: Expression, cutpoints: Operand): Expression {
  return sum(less(cutpoints, reshape(latent, [...latent.shape, 1])), -1) as Expression;
}

/** Number of cutpoints, which must be a vector. */
export function cutpointCount(distribution: string, cutpoints: Operand): number {
  const isVector =
    cutpoints instanceof Expression
      ? cutpoints.rank === 1
      : typeof cutpoints !== 'number' && typeof cutpoints[0] === 'number';
  if (isVector) return lastExtent(distribution, 'cutpoints', cutpoints);
  throw new RangeError(`${distribution}: cutpoints must be a vector`);
}

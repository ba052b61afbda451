/** Events of several numbers: what is done along their axes, the last ones of an array. */
import { reshape, sum, type Expression, type Shape } from '../expr';

/** Σ over the last `rank` axes. */
export function sumTrailing(x: Expression, rank: number): Expression {
  if (rank === 0) return x;
  if (x.rank === rank) return sum(x);
  const batch = x.shape.slice(0, x.rank - rank);
  return sum(reshape(x, [...batch, -1]), batch.length);
}

/** Shape without the last `rank` axes. */
export function batchShape(x: Expression, rank: number): Shape {
  return x.shape.slice(0, x.rank - rank);
}

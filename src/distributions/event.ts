/** Events of several numbers: what is done along their axes, the last ones of an array. */
import { gather, reshape, sum, type Expression } from '../expr';
import { bySize } from '../transforms/table';

/** Σ over the last `rank` axes. */
export function sumTrailing(x: Expression, rank: number): Expression {
  if (rank === 0) return x;
  if (x.rank === rank) return sum(x);
  const batch = x.shape.slice(0, x.rank - rank);
  return sum(reshape(x, [...batch, -1]), batch.length);
}

/** Diagonals [..., K] of matrices [..., K, K]. */
export function diagonals(x: Expression): Expression {
  const order = x.shape.at(-1)!;
  const elements = gather(reshape(x, [x.size]), diagonalPlaces(x.size / (order * order), order));
  return reshape(elements, x.shape.slice(0, -1));
}

const diagonalPlaces = bySize((count: number, order: number): Int32Array =>
  Int32Array.from({ length: count * order }, (_, row) => row * order + (row % order)),
);

/** One number an event, to be broadcast along the one axis of events. */
export function alongEvent(x: Expression): Expression {
  return x.rank === 0 ? x : reshape(x, [...x.shape, 1]);
}

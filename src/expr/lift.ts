/** Entries of the table of operations as free functions, typed by the ranks of their arguments. */
import type { Expression } from './expression';
import type { ElementwiseOperation } from './operation';
import { apply } from './operations/elementwise';
import type { Broadcast, MaxRank, Operand, RankOf } from './rank';

/** A function of one argument. */
export const one =
  (op: ElementwiseOperation) =>
  <A extends Operand>(x: A): Expression<RankOf<A>> =>
    apply(op, [x]) as never;

/** A function of two arguments that broadcast. */
export const two =
  (op: ElementwiseOperation) =>
  <A extends Operand, B extends Operand>(a: A, b: B): Expression<Broadcast<A, B>> =>
    apply(op, [a, b]) as never;

/** A function of three arguments that broadcast. */
export const three =
  (op: ElementwiseOperation) =>
  <A extends Operand, B extends Operand, C extends Operand>(
    a: A,
    b: B,
    c: C,
  ): Expression<MaxRank<RankOf<A>, Broadcast<B, C>>> =>
    apply(op, [a, b, c]) as never;

/** The logarithm of a tail, from the other tail where that says it better. */
import { less, log1mExp, select, type Expression } from '../expr';

/** Above, the other tail is so near to 1 that its complement has lost digits. */
const MOST = -0.01;

/**
 * log P, given log(1 − P) and log P computed from an argument that is rounded next to 1: taken from the former unless
 * that is almost everything.
 */
export function complementedTail(other: Expression, direct: Expression): Expression {
  const isMost = less(MOST, other);
  return select(isMost, direct, log1mExp(select(isMost, -1, other)));
}

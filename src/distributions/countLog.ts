/** n·log p for counts, 0 where the count is 0 even at p = 0. */
import { equal, log, log1p, mul, neg, select, type Expression, type Operand } from '../expr';

/** count · log p; the logarithm is taken of 1 where the count is 0, so no NaN reaches the derivative either. */
export function countLog(count: Operand, p: Operand): Expression {
  return mul(count, log(select(equal(count, 0), 1, p)));
}

/** count · log(1 − p), likewise. */
export function countLogComplement(count: Operand, p: Operand): Expression {
  return mul(count, log1p(neg(select(equal(count, 0), 0, p))));
}

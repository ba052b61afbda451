/** Operations on single vectors and matrices, over arrays of them. */
import { at, broadcastShapes, expand, reshape, sizeOf, stack, type Expression } from '../expr';

/** An operand, and how many of its last axes the operation takes at once. */
export interface EventOperand {
  readonly value: Expression;
  readonly eventRank: number;
}

/**
 * Applies `operation` to each event, the leading axes of the operands broadcast together, and puts the results, of one
 * shape, in their places. Without leading axes that is the operation itself; otherwise it is written out for each.
 */
export function eachEvent(
  operands: readonly EventOperand[],
  operation: (...events: Expression[]) => Expression,
): Expression {
  const leading = operands.map(({ value, eventRank }) => value.shape.slice(0, value.rank - eventRank));
  if (leading.every((axes) => axes.length === 0)) return operation(...operands.map(({ value }) => value));
  const batch = broadcastShapes('batch', leading);
  const count = sizeOf(batch);
  const flat = operands.map(({ value, eventRank }, k) => {
    const event = value.shape.slice(value.rank - eventRank);
    if (leading[k].length === 0) return value;
    return reshape(expand(value, [...batch, ...event]), [count, ...event]);
  });
  const results = Array.from({ length: count }, (_, i) =>
    operation(...flat.map((value, k) => (leading[k].length === 0 ? value : at(value, i)))),
  );
  return reshape(stack(results), [...batch, ...results[0].shape]);
}

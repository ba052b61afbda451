/** A fused kernel as one addend of a log density. */
import type { Expression, Operand } from '../expr';
import { fused as sumOf } from '../expr/operations/fused';
import type { FusedOperation } from '../expr/operation';
import type { FusedTerm } from './distribution';

/** The term whose sum the kernel computes in one pass, and whose elements are the kernel's definition. */
export function fused(kernel: FusedOperation, x: Expression, ...parameters: readonly Operand[]): FusedTerm {
  const inputs = [x, ...parameters.map((parameter) => x.graph.expression(parameter))];
  return {
    sum: () => sumOf(kernel, inputs) as Expression<0>,
    elementwise: () => kernel.definition(inputs),
  };
}

/** Values made of a factorisation, whose derivative is known in terms of the factored matrix. */
import type { Expression } from '../../expression';
import type { ViewOperation } from '../../operation';

/**
 * A view of its first input, a part of a factorisation of the second. The factors themselves are never differentiated:
 * the cotangent goes to the matrix, and is `cotangent(node, matrix, g)`.
 */
export function factoredView(
  name: string,
  cotangent: (node: Expression, matrix: Expression, g: Expression) => Expression,
): ViewOperation {
  return {
    kind: 'view',
    name,
    cotangent: (node, g, k) => (k === 1 ? cotangent(node, node.inputs[1], g) : undefined),
  };
}

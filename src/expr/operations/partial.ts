/** Partial derivatives of fused sums, each a node of its own that stays opaque until it is differentiated. */
import type { Expression } from '../expression';
import type { FusedOperation, PartialOperation } from '../operation';

/** The cotangent of input `k` of a fused sum. */
export function partialCotangent(node: Expression, g: Expression, k: number): Expression | undefined {
  const op = node.op as FusedOperation;
  return node.graph.node(partialOperation(op, k), node.inputs, node.inputs[k].shape).mul(g);
}

const partials = new Map<FusedOperation, PartialOperation[]>();

function partialOperation(of: FusedOperation, index: number): PartialOperation {
  let family = partials.get(of);
  if (!family) {
    family = Array.from({ length: of.arity }, (_, k) => ({
      kind: 'partial',
      name: `∂${of.name}/${k}`,
      of,
      index: k,
    }));
    partials.set(of, family);
  }
  return family[index];
}

/** Replacing parts of expressions. */
import type { Expression } from './expression';

/** Expressions with some nodes replaced by others of the same shapes, simplified anew. */
export function substitute(
  roots: readonly Expression[],
  replacements: ReadonlyMap<Expression, Expression>,
): Expression[] {
  if (replacements.size === 0) return [...roots];
  const done = new Map(replacements);
  // Inputs are older than the nodes that use them: what is older than all that is replaced stays as it is.
  let oldest = Infinity;
  for (const node of replacements.keys()) oldest = Math.min(oldest, node.id);
  const visit = (node: Expression): Expression => {
    if (node.id < oldest) return node;
    let result = done.get(node);
    if (!result) {
      const inputs = node.inputs.map(visit);
      const same = inputs.every((input, k) => input === node.inputs[k]);
      result = same
        ? node
        : node.graph.node(node.op, inputs, node.shape, node.hasAttributes ? node.attributes : undefined);
      done.set(node, result);
    }
    return result;
  };
  return roots.map(visit);
}

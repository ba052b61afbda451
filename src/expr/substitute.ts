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

/** Expressions in which the largest parts that `choose` gives something for are replaced by that. */
export function replaceLargest(
  roots: readonly Expression[],
  choose: (node: Expression) => Expression | undefined,
): Expression[] {
  const replacements = new Map<Expression, Expression>();
  const seen = new Set<Expression>();
  const visit = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const replacement = choose(node);
    if (replacement === undefined) node.inputs.forEach(visit);
    else if (replacement !== node) replacements.set(node, replacement);
  };
  roots.forEach(visit);
  return substitute(roots, replacements);
}

/** Placeholders for values from outside a body, and the values. Literals stay where they are, for algebra to see. */
export class Captures {
  readonly places: Expression[] = [];
  readonly values: Expression[] = [];

  /** What stands for the value inside. */
  place(value: Expression): Expression {
    // Positions are data that kernels read where they lie.
    if (value.literal !== undefined || value.dtype === 'i32') return value;
    const place = value.graph.input(`captured ${this.places.length}`, value.shape);
    this.places.push(place);
    this.values.push(value);
    return place;
  }
}

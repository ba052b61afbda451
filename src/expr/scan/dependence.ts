/** What a node inside a scan depends on. */
import type { Expression } from '../expression';

export enum Dependence {
  /** Nothing that changes from step to step. */
  None,
  /** Elements of sequences, but not the state. */
  Elements,
  /** The state. */
  State,
}

/** Classifies nodes by what they depend on; remembers what it has seen. */
export function classifier(
  carries: readonly Expression[],
  elements: readonly Expression[],
): (node: Expression) => Dependence {
  const known = new Map<Expression, Dependence>();
  for (const node of elements) known.set(node, Dependence.Elements);
  for (const node of carries) known.set(node, Dependence.State);
  // Inputs are older than the nodes that use them: nothing older than the placeholders can depend on them.
  const oldest = Math.min(...[...carries, ...elements].map((node) => node.id));
  const visit = (node: Expression): Dependence => {
    if (node.id < oldest) return Dependence.None;
    let result = known.get(node);
    if (result === undefined) {
      result = node.inputs.reduce((most, input) => Math.max(most, visit(input)), Dependence.None);
      known.set(node, result);
    }
    return result;
  };
  return visit;
}

/** Orders draws by what they depend on: those of a stage need no draws but those of earlier stages. */
import type { Expression } from '../expr';
import type { Leaf } from './leaves';

/** Leaves by stage, those that `results` do not need left out. */
export function stagesOf(leaves: readonly Leaf[], results: readonly Expression[]): Leaf[][] {
  const byInput = new Map(leaves.map((leaf) => [leaf.input, leaf]));
  const stages = new Map<Leaf, number>();
  const visit = (leaf: Leaf): number => {
    const known = stages.get(leaf);
    if (known !== undefined) return known;
    const before = inputsOf(leaf.parameters).flatMap((input) => byInput.get(input) ?? []);
    const stage = before.reduce((latest, other) => Math.max(latest, visit(other) + 1), 0);
    stages.set(leaf, stage);
    return stage;
  };
  const ordered: Leaf[][] = [];
  for (const input of inputsOf(results)) {
    const leaf = byInput.get(input);
    if (leaf !== undefined) visit(leaf);
  }
  // In the order in which they were recorded, which the results' order does not change.
  for (const leaf of leaves) {
    const stage = stages.get(leaf);
    if (stage !== undefined) (ordered[stage] ??= []).push(leaf);
  }
  return ordered;
}

/** The inputs that expressions depend on. */
export function inputsOf(expressions: readonly Expression[]): Expression[] {
  const seen = new Set<Expression>();
  const pending = [...expressions];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node) || node.isConstant) continue;
    seen.add(node);
    pending.push(...node.inputs);
  }
  return [...seen].filter((node) => node.op.name === 'input');
}

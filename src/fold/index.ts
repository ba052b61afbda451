/** Lets data do algebra once: terms of a log density become terms of the same value that need less of it. */
import type { Expression } from '../expr';
import { reachable } from '../compile/unit';
import type { Folded } from './folded';
import { foldCells } from './cells';
import { foldGaussian } from './gaussian';
import { KnownData } from './knownData';
import { foldLogarithms } from './logarithms';
import { foldRepeated } from './repeated';

export type { Folded, Remainder } from './folded';

/** Terms of the same values, and what was folded into what, term by term. */
export interface FoldedTerms {
  readonly values: readonly Expression[];
  readonly folded: readonly (readonly Folded[])[];
}

export function foldTerms(terms: readonly Expression[]): FoldedTerms {
  const data = new KnownData();
  const order = reachable(terms, (node) => node.isConstant);
  const replaced = new Map<Expression, Expression>();
  const found = new Map<Expression, Folded>();
  for (const node of order) {
    if (node.isConstant) continue;
    const folded = firstOf(node, data);
    if (folded) {
      found.set(node, folded);
      replaced.set(node, folded.value);
      continue;
    }
    const inputs = node.inputs.map((input) => replaced.get(input) ?? input);
    if (inputs.some((input, k) => input !== node.inputs[k]))
      replaced.set(
        node,
        node.graph.node(node.op, inputs, node.shape, node.hasAttributes ? node.attributes : undefined),
      );
  }
  return {
    values: terms.map((term) => replaced.get(term) ?? term),
    folded: terms.map((term) =>
      found.size === 0
        ? []
        : reachable([term], (node) => node.isConstant).flatMap((node) => found.get(node) ?? []),
    ),
  };
}

/** What the first way to fold a node gives, if there is one. */
function firstOf(node: Expression, data: KnownData): Folded | undefined {
  for (const fold of [foldGaussian, foldCells, foldLogarithms, foldRepeated]) {
    const folded = fold(node, data);
    if (folded) return folded;
  }
  return undefined;
}

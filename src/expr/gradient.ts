/** Reverse-mode differentiation: the gradient of an expression is another expression. */
import type { Expression } from './expression';
import { definitionOf } from './operations/fused';
import { concatenate } from './operations/layout';
import { expand, total } from './operations/reduce';
import { padOperation } from './operations/layout';
import { reshape } from './operations/view';
import { substitute } from './substitute';

/**
 * ∂value/∂w for each w of `wrt`, of w's shape; zeros where the value does not depend on it. Can be applied to its own
 * results. Throws where an operation on the way has no derivative.
 */
export function gradient(value: Expression, wrt: readonly Expression[]): Expression[] {
  const order = activeOrder(value, new Set(wrt));
  const active = new Set(order.map(({ node }) => node));
  const cotangents = new Map<Expression, Expression[]>([
    [value, [expand(value.graph.scalar(1), value.shape)]],
  ]);
  const contribute = (node: Expression, g: Expression): void => {
    const list = cotangents.get(node);
    if (list) list.push(g);
    else cotangents.set(node, [g]);
  };
  const wanted = new Map<Expression, Expression>();
  for (let i = order.length - 1; i >= 0; i--) {
    const { node, definition } = order[i];
    const contributions = cotangents.get(node);
    if (!contributions) continue;
    const g = accumulate(contributions);
    if (definition) contribute(definition, g);
    else {
      node.inputs.forEach((input, k) => {
        if (!active.has(input)) return;
        if (!node.op.cotangent) throw new Error(`gradient: ${node.op.name} has no derivative`);
        const part = node.op.cotangent(node, g, k);
        if (part) contribute(input, part);
      });
    }
    wanted.set(node, g);
  }
  return wrt.map((w) => wanted.get(w) ?? value.graph.filled(0, w.shape));
}

/**
 * A value with its gradient, sharing what both need: a differential equation is then solved once, together with its
 * sensitivities, so that value and gradient are of the same numerical solution.
 */
export function valueAndGradient(
  value: Expression,
  wrt: readonly Expression[],
): { value: Expression; gradient: Expression[] } {
  const slopes = gradient(value, wrt);
  const shared = new Map<Expression, Expression>();
  const seen = new Set<Expression>();
  const stack = [value, ...slopes];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    const larger = node.op.kind === 'ode' ? node.op.shared(node) : undefined;
    if (larger) shared.set(node, larger);
    stack.push(...node.inputs);
  }
  const [first, ...rest] = substitute([value, ...slopes], shared);
  return { value: first, gradient: rest };
}

interface Step {
  node: Expression;
  /** Stands in for an opaque partial. */
  definition: Expression | undefined;
}

/** Nodes between `wrt` and `value` that depend on `wrt`, inputs first. */
function activeOrder(value: Expression, wrt: ReadonlySet<Expression>): Step[] {
  const order: Step[] = [];
  const state = new Map<Expression, boolean>();
  const definitions = new Map<Expression, Expression>();
  const below = (node: Expression): readonly Expression[] => {
    if (node.isConstant || wrt.has(node)) return [];
    if (node.op.kind !== 'partial') return node.inputs;
    let definition = definitions.get(node);
    if (!definition) {
      definition = definitionOf(node, gradient);
      definitions.set(node, definition);
    }
    return [definition];
  };
  // An explicit stack: graphs of 10⁵ nodes are deeper than the call stack.
  const stack: { node: Expression; next: number }[] = [{ node: value, next: 0 }];
  state.set(value, false);
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    const inputs = below(top.node);
    if (top.next < inputs.length) {
      const input = inputs[top.next++];
      if (!state.has(input)) {
        state.set(input, false);
        stack.push({ node: input, next: 0 });
      }
      continue;
    }
    stack.pop();
    if (wrt.has(top.node) || inputs.some((input) => state.get(input))) {
      state.set(top.node, true);
      order.push({ node: top.node, definition: definitions.get(top.node) });
    }
  }
  return order;
}

/** The sum of what reaches a node. */
function accumulate(contributions: readonly Expression[]): Expression {
  if (contributions.length === 1) return contributions[0];
  const shape = contributions[0].shape;
  if (contributions[0].size === 1) return reshape(total(contributions), shape);
  const merged = mergePads(contributions);
  return merged.slice(1).reduce((sum, part) => sum.add(part), merged[0]);
}

/** Slices that do not overlap send their cotangents back as one concatenation, not as a sum of padded arrays. */
function mergePads(contributions: readonly Expression[]): Expression[] {
  const pads = contributions.filter((part) => part.op === padOperation && part.attributes.outer === 1);
  if (pads.length < 2) return [...contributions];
  const rest = contributions.filter((part) => !pads.includes(part));
  pads.sort((a, b) => a.attributes.start - b.attributes.start);
  const { length, inner } = pads[0].attributes;
  const rows: Expression[][] = [];
  for (const pad of pads) {
    const row = rows.find((r) => end(r[r.length - 1]) <= pad.attributes.start);
    if (row) row.push(pad);
    else rows.push([pad]);
  }
  const joined = rows.map((row) => {
    if (row.length === 1) return row[0];
    const parts: Expression[] = [];
    let at = 0;
    for (const pad of row) {
      if (pad.attributes.start > at)
        parts.push(row[0].graph.filled(0, [(pad.attributes.start - at) * inner]));
      parts.push(reshape(pad.inputs[0], [pad.inputs[0].size]));
      at = end(pad);
    }
    if (at < length) parts.push(row[0].graph.filled(0, [(length - at) * inner]));
    return reshape(concatenate(parts), pads[0].shape);
  });
  return [...rest, ...joined];
}

function end(pad: Expression): number {
  return pad.attributes.start + pad.attributes.count;
}

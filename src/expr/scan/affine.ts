/** yₜ = aₜ·yₜ₋₁ + bₜ for a scalar state: a recurrence with a kernel of its own. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { StructuredOperation } from '../operation';
import { concatenate, slice } from '../operations/layout';
import { expand } from '../operations/reduce';
import { reshape } from '../operations/view';
import { Dependence } from './dependence';

/**
 * All states after their steps, from a (scalar or a vector over time), b (a vector over time) and the initial state.
 * Attribute `reverse`: from the last step to the first.
 */
export const affineScanOperation: StructuredOperation = {
  kind: 'structured',
  name: 'affineScan',
  opcode: Opcode.AffineScan,
  cotangent: (node, g, k) => {
    const [a, b, initial] = node.inputs;
    const { reverse } = node.attributes;
    const length = b.size;
    // λₜ = gₜ + aₜ₊₁·λₜ₊₁, with "later" meaning later in the order of execution.
    const zero = node.graph.scalar(0);
    const later =
      a.size === 1 ? a : reverse ? shiftForward(a, expand(zero, [1])) : shiftBackward(a, expand(zero, [1]));
    const lambda = affineScan(later, g, zero, !reverse);
    if (k === 1) return lambda;
    if (k === 2) {
      const first = reverse ? length - 1 : 0;
      return lambda.at(first).mul(a.size === 1 ? a : a.at(first));
    }
    const start = reshape(initial, [1]);
    const before = reverse ? shiftBackward(node, start) : shiftForward(node, start);
    return a.size === 1 ? lambda.dot(before) : lambda.mul(before);
  },
  encode: (to, node) => {
    const [a, b] = node.inputs;
    to.word(b.size);
    to.word(node.attributes.reverse);
    to.word(a.size === 1 ? 0 : 1);
    for (let k = 0; k < 3; k++) to.input(k);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [n, reverse, step] = [code[at + 1], code[at + 2], code[at + 3]];
    const [a, b, initial, y] = [
      code[at + 4] >>> 3,
      code[at + 5] >>> 3,
      code[at + 6] >>> 3,
      code[at + 7] >>> 3,
    ];
    let state = f64[initial];
    for (let s = 0; s < n; s++) {
      const t = reverse ? n - 1 - s : s;
      state = f64[a + t * step] * state + f64[b + t];
      f64[y + t] = state;
    }
    if (n === 1) f64[y + 1] = f64[y];
  },
};

/** States after each step. */
export function affineScan(a: Expression, b: Expression, initial: Expression, reverse: boolean): Expression {
  const factor = a.op.name === 'expand' && a.inputs[0].size === 1 ? reshape(a.inputs[0], []) : a;
  return b.graph.node(affineScanOperation, [factor, b, reshape(initial, [])], [b.size], {
    reverse: reverse ? 1 : 0,
  });
}

/** x one step later: `first`, then all but the last. */
export function shiftForward(x: Expression, first: Expression): Expression {
  return x.size === 1 ? first : concatenate([first, slice(x, 0, -1)]);
}

/** x one step earlier: all but the first, then `last`. */
export function shiftBackward(x: Expression, last: Expression): Expression {
  return x.size === 1 ? last : concatenate([slice(x, 1), last]);
}

/** `next` as factor·state + offset, neither of which depends on the state; undefined where it is not of that form. */
export function affineParts(
  next: Expression,
  state: Expression,
  dependence: (node: Expression) => Dependence,
): { factor: Expression; offset: Expression } | undefined {
  const { graph } = next;
  const zero = graph.scalar(0);
  if (next === state) return { factor: graph.scalar(1), offset: zero };
  if (dependence(next) !== Dependence.State) return { factor: zero, offset: next };
  const parts = next.inputs.map((input) => affineParts(input, state, dependence));
  const [a, b] = parts;
  const free = (k: number): boolean => dependence(next.inputs[k]) !== Dependence.State;
  switch (next.op.name) {
    case 'reshape':
      return a;
    case 'neg':
      return a && { factor: a.factor.neg(), offset: a.offset.neg() };
    case 'add':
    case 'total': {
      let sum: { factor: Expression; offset: Expression } | undefined = { factor: zero, offset: zero };
      for (const part of parts)
        sum = sum && part && { factor: sum.factor.add(part.factor), offset: sum.offset.add(part.offset) };
      return sum;
    }
    case 'sub':
      return a && b && { factor: a.factor.sub(b.factor), offset: a.offset.sub(b.offset) };
    case 'mul': {
      const [part, other] = free(0) ? [b, next.inputs[0]] : free(1) ? [a, next.inputs[1]] : [undefined, zero];
      return part && { factor: part.factor.mul(other), offset: part.offset.mul(other) };
    }
    case 'div':
      return free(1) && a
        ? { factor: a.factor.div(next.inputs[1]), offset: a.offset.div(next.inputs[1]) }
        : undefined;
  }
  return undefined;
}

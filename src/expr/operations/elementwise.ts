/** Elementwise operations: how they broadcast, fold and pass cotangents on. */
import type { Expression } from '../expression';
import { graphOf } from '../graph';
import type { ElementwiseOperation } from '../operation';
import type { Operand } from '../rank';
import { broadcastShapes, sameShape } from '../shape';
import { expand, unexpand } from './reduce';
import { reshape } from './view';

/** A derivative with respect to one input, times the cotangent `g`; `y` is the operation's value. */
export type Rule = (g: Expression, y: Expression, ...inputs: Expression[]) => Expression;

/** What an entry of the table gives; the rest follows. */
export interface ElementwiseEntry extends Pick<
  ElementwiseOperation,
  'name' | 'opcode' | 'compute' | 'commutative' | 'exact'
> {
  /** A rule for each input; `zero` where the derivative vanishes almost everywhere; absent where there is none. */
  readonly derivatives?: readonly (Rule | typeof zero)[];
  /** Algebra; inputs are of the result's shape or scalars. */
  readonly rewrite?: (inputs: readonly Expression[]) => Expression | undefined;
}

/** Marks an input on which the result does not depend smoothly. */
export const zero = Symbol('zero');

export function elementwise(entry: ElementwiseEntry): ElementwiseOperation {
  const { derivatives, rewrite, ...rest } = entry;
  return {
    kind: 'elementwise',
    ...rest,
    simplify: (inputs, shape) => {
      if (entry.exact && inputs.every((input) => input.literal !== undefined)) {
        const [a, b, c] = inputs.map((input) => input.literal!);
        return expand(inputs[0].graph.scalar(entry.compute(a, b, c)), shape);
      }
      const simpler = rewrite?.(inputs);
      if (!simpler) return undefined;
      return simpler.size === 1 ? expand(reshape(simpler, []), shape) : reshape(simpler, shape);
    },
    ...(derivatives && {
      cotangent: (node: Expression, g: Expression, k: number) => {
        const rule = derivatives[k];
        if (rule === zero) return undefined;
        return unexpand((rule as Rule)(g, node, ...node.inputs), node.inputs[k].shape);
      },
    }),
  };
}

/** The node of `op` on operands that broadcast. */
export function apply(op: ElementwiseOperation, operands: readonly Operand[]): Expression {
  const graph = graphOf(op.name, operands);
  let inputs = operands.map((operand) => graph.expression(operand));
  const shape =
    inputs.length === 1
      ? inputs[0].shape
      : broadcastShapes(
          op.name,
          inputs.map((input) => input.shape),
        );
  inputs = inputs.map((input) => {
    if (sameShape(input.shape, shape)) return input;
    if (input.size === 1) return reshape(input, []);
    return expand(input, shape);
  });
  // A stretched scalar among them is as good as the scalar, unless nothing else carries the shape.
  if (inputs.length > 1) {
    const bare = inputs.map((input) =>
      input.op.name === 'expand' && input.inputs[0].size === 1 ? reshape(input.inputs[0], []) : input,
    );
    if (bare.some((input) => sameShape(input.shape, shape))) inputs = bare;
    else if (bare.some((input, i) => input !== inputs[i])) return expand(apply(op, bare), shape);
  } else if (inputs[0].op.name === 'expand' && inputs[0].inputs[0].size < inputs[0].size) {
    return graph.node(inputs[0].op, [apply(op, [inputs[0].inputs[0]])], shape, inputs[0].attributes);
  }
  if (op.commutative && inputs[0].id > inputs[1].id) inputs.reverse();
  return graph.node(op, inputs, shape);
}

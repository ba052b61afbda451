/** Computing something for all steps of a scan at once: the same expression with a leading axis of time. */
import type { Expression } from '../expression';
import { gradient } from '../gradient';
import { apply } from '../operations/elementwise';
import { definitionOf } from '../operations/fused';
import { concatenate } from '../operations/layout';
import { expand } from '../operations/reduce';
import { reshape } from '../operations/view';

/** Stands for one operation that cannot be done for all steps at once. */
class Unvectorisable extends Error {}

/**
 * The expression for all `length` steps, of shape [length, ...shape]; undefined where some operation on the way can only
 * be done step by step.
 *
 * @param sequences what placeholders stand for at all steps; everything else is the same at every step
 */
export function vectorise(
  root: Expression,
  length: number,
  sequences: ReadonlyMap<Expression, Expression>,
): Expression | undefined {
  const done = new Map<Expression, Expression | undefined>(sequences);
  const oldest = Math.min(...[...sequences.keys()].map((node) => node.id));
  try {
    return stretched(root, visit(root));
  } catch (error) {
    if (error instanceof Unvectorisable) return undefined;
    throw error;
  }

  /** With the axis of time, whether or not the value changes. */
  function stretched(node: Expression, value: Expression | undefined): Expression {
    return value ?? expand(reshape(node, [1, ...node.shape]), [length, ...node.shape]);
  }

  /** The value at all steps; undefined where it is the same at every one. */
  function visit(node: Expression): Expression | undefined {
    if (node.id < oldest) return undefined;
    if (done.has(node)) return done.get(node);
    const result = compute(node);
    done.set(node, result);
    return result;
  }

  function compute(node: Expression): Expression | undefined {
    const { op, shape, graph } = node;
    if (op.kind === 'fused') return visit(op.definition(node.inputs).sum());
    if (op.kind === 'partial') return visit(definitionOf(node, gradient));
    const inputs = node.inputs.map(visit);
    if (inputs.every((input) => input === undefined)) return undefined;
    const full = (k: number): Expression => stretched(node.inputs[k], inputs[k]);
    const attributes = node.attributes;
    const overTime = { ...attributes, outer: attributes.outer * length };

    if (op.kind === 'elementwise') {
      const operands = node.inputs.map((input, k) => {
        const value = inputs[k];
        if (!value) return input;
        return input.size === 1 && node.size > 1
          ? reshape(value, [length, ...shape.map(() => 1)])
          : reshape(value, [length, ...shape]);
      });
      return expand(apply(op, operands), [length, ...shape]);
    }
    switch (op.name) {
      case 'reshape':
        return reshape(full(0), [length, ...shape]);
      case 'sum':
      case 'max':
      case 'logSumExp':
      case 'softmax':
      case 'expand':
      case 'slice':
      case 'pad':
        return graph.node(op, [full(0)], [length, ...shape], overTime);
      case 'concatenate':
        return concatenate(
          node.inputs.map((_, k) => full(k)),
          attributes.axis + 1,
        );
      case 'total':
        return node.inputs.map((_, k) => full(k)).reduce((sum, part) => sum.add(part));
      case 'dot': {
        const product = full(0).mul(full(1));
        return reshape(product, [length, product.size / length]).sum(1);
      }
      case 'matrixVector':
        if (inputs[0]) break;
        return full(1).matmul(node.inputs[0]);
      case 'rowDots':
        if (inputs[0]) break;
        return full(1).matmul(node.inputs[0].transpose());
      case 'matrixProduct': {
        // An outer product is elementwise.
        const [a, b] = node.inputs;
        if (a.size !== shape[0] || b.size !== shape[1]) break;
        return reshape(full(0), [length, shape[0], 1]).mul(reshape(full(1), [length, 1, shape[1]]));
      }
    }
    throw new Unvectorisable();
  }
}

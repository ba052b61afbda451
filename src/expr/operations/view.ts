/** Reshaping: the same elements in the same order. */
import type { Expression } from '../expression';
import type { ViewOperation } from '../operation';
import { describeShape, sameShape, sizeOf, type Shape } from '../shape';

export const reshapeOperation: ViewOperation = {
  kind: 'view',
  name: 'reshape',
  cotangent: (node, g) => reshape(g, node.inputs[0].shape),
};

/** The same elements, row-major, in another shape; one extent may be −1 and is worked out. */
export function reshape(x: Expression, shape: Shape): Expression {
  const wanted = resolve(x, shape);
  if (sameShape(x.shape, wanted)) return x;
  const source = x.op === reshapeOperation ? x.inputs[0] : x;
  if (sameShape(source.shape, wanted)) return source;
  if (source.literal !== undefined && wanted.length === 0) return x.graph.scalar(source.literal);
  return x.graph.node(reshapeOperation, [source], wanted);
}

function resolve(x: Expression, shape: Shape): Shape {
  const open = shape.indexOf(-1);
  const known = sizeOf(shape.filter((extent) => extent !== -1));
  const wanted = open < 0 ? shape : shape.map((extent, i) => (i === open ? x.size / known : extent));
  if (sizeOf(wanted) !== x.size || wanted.some((extent) => !Number.isInteger(extent) || extent < 0)) {
    throw new RangeError(
      `reshape: ${describeShape(x.shape)} has ${x.size} elements, ${describeShape(shape)} does not`,
    );
  }
  return wanted;
}

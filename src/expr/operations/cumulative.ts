/** Running sums and products along an axis, and order statistics of data. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { StructuredOperation } from '../operation';
import { affineScan } from '../scan/affine';
import { axisView, describeShape, resolveAxis } from '../shape';
import { concatenate, slice, transpose } from './layout';
import { reshape } from './view';

/** Sums of all elements up to and with each; with attribute `reverse`, from each on. */
export const cumulativeSumOperation: StructuredOperation = {
  kind: 'structured',
  name: 'cumulativeSum',
  opcode: Opcode.CumulativeSum,
  simplify: ([x], _shape, { length }) => (length === 1 ? x : undefined),
  cotangent: (node, g) =>
    node.graph.node(cumulativeSumOperation, [g], node.shape, {
      ...node.attributes,
      reverse: 1 - node.attributes.reverse,
    }),
  encode: (to, { attributes: { outer, length, inner, reverse } }) => {
    for (const value of [outer, length, inner, reverse]) to.word(value);
    to.input(0);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [outer, length, inner, reverse] = code.subarray(at + 1, at + 5);
    const [x, y] = [code[at + 5] >>> 3, code[at + 6] >>> 3];
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let total = 0;
        for (let l = 0; l < length; l++) {
          const k = (o * length + (reverse ? length - 1 - l : l)) * inner + i;
          total += f64[x + k];
          f64[y + k] = total;
        }
      }
    }
    if (outer * length * inner === 1) f64[y + 1] = f64[y];
  },
};

/** Running sums along an axis. */
export function cumulativeSum(x: Expression, axis = 0): Expression {
  const view = axisView(x.shape, resolveAxis('cumulativeSum', x.shape, axis));
  return x.graph.node(cumulativeSumOperation, [x], x.shape, { ...view, reverse: 0 });
}

/** Running products along an axis: one recurrence that starts anew in every row, so that zeros divide nothing. */
export function cumulativeProduct(x: Expression, axis = 0): Expression {
  const { outer, length, inner } = axisView(x.shape, resolveAxis('cumulativeProduct', x.shape, axis));
  if (length === 1) return x;
  if (inner > 1) {
    const runs = reshape(x, [outer, length * inner]);
    const parts = Array.from({ length: outer }, (_, o) => {
      const columns = transpose(reshape(slice(runs, o, o + 1), [length, inner]));
      return reshape(transpose(cumulativeProduct(columns, 1)), [1, length * inner]);
    });
    return reshape(concatenate(parts), x.shape);
  }
  const rows = reshape(x, [outer, length]);
  const { graph } = x;
  const first = slice(rows, 0, 1, 1);
  const factors = concatenate([graph.filled(0, [outer, 1]), slice(rows, 1, length, 1)], 1);
  const offsets = concatenate([first, graph.filled(0, [outer, length - 1])], 1);
  const flat = [outer * length];
  return reshape(affineScan(reshape(factors, flat), reshape(offsets, flat), graph.scalar(0), false), x.shape);
}

/** The elements of a vector of data in ascending order. */
export function sorted(x: Expression): Expression {
  if (!x.values || x.rank !== 1) {
    throw new TypeError(
      `sorted: expected a vector of data, got ${x.values ? describeShape(x.shape) : `a computed ${x}`}`,
    );
  }
  return x.graph.constant(Float64Array.from(x.values).sort());
}

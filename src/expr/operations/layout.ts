/** Slices, concatenation and transposition, with their adjoints. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { Encoder, StructuredOperation } from '../operation';
import { axisView, describeShape, resolveAxis, sameShape, type AxisView, type Shape } from '../shape';
import { reshape } from './view';

/** `count` positions from `start` on along an axis. */
export const sliceOperation: StructuredOperation = {
  kind: 'structured',
  name: 'slice',
  opcode: Opcode.Slice,
  simplify: ([x], shape, { outer, length, inner, start, count }) => {
    if (outer > 1) return undefined;
    // A part of a concatenation is that part.
    if (x.op === concatenateOperation && x.attributes.outer === 1 && x.attributes.inner === inner) {
      let first = 0;
      for (const part of x.inputs) {
        const last = first + part.size / inner;
        if (start >= first && start + count <= last)
          return reshape(slice(part, start - first, start - first + count, x.attributes.axis), shape);
        first = last;
      }
    }
    if (
      x.op === padOperation &&
      x.attributes.outer === 1 &&
      x.attributes.length === length &&
      x.attributes.inner === inner
    ) {
      const [first, last] = [x.attributes.start, x.attributes.start + x.attributes.count];
      if (start >= first && start + count <= last)
        return reshape(sliceRows(x.inputs[0], start - first, count, inner), shape);
      if (start + count <= first || start >= last) return x.graph.filled(0, shape);
    }
    if (x.op.name === 'expand' && x.inputs[0].size === 1)
      return x.graph.functions.expand(reshape(x.inputs[0], []), shape);
    return undefined;
  },
  cotangent: (node, g) => node.graph.node(padOperation, [g], node.inputs[0].shape, node.attributes),
  encode: encodeRange,
  run: ({ f64 }, code, at) => {
    const [outer, length, inner, start, count] = code.subarray(at + 1, at + 6);
    const [x, y] = [code[at + 6] >>> 3, code[at + 7] >>> 3];
    for (let o = 0; o < outer; o++) {
      const from = x + (o * length + start) * inner;
      f64.copyWithin(y + o * count * inner, from, from + count * inner);
    }
    if (outer * count * inner === 1) f64[y + 1] = f64[y];
  },
};

/** Zeros with the input in the place a slice was taken from. */
export const padOperation: StructuredOperation = {
  kind: 'structured',
  name: 'pad',
  opcode: Opcode.Pad,
  cotangent: (node, g) => node.graph.node(sliceOperation, [g], node.inputs[0].shape, node.attributes),
  encode: encodeRange,
  run: ({ f64 }, code, at) => {
    const [outer, length, inner, start, count] = code.subarray(at + 1, at + 6);
    const [x, y] = [code[at + 6] >>> 3, code[at + 7] >>> 3];
    f64.fill(0, y, y + outer * length * inner);
    for (let o = 0; o < outer; o++) {
      const from = x + o * count * inner;
      f64.copyWithin(y + (o * length + start) * inner, from, from + count * inner);
    }
  },
};

/** Parts one behind the other along an axis. */
export const concatenateOperation: StructuredOperation = {
  kind: 'structured',
  name: 'concatenate',
  opcode: Opcode.Concatenate,
  cotangent: (node, g, k) => {
    const axis = node.attributes.axis;
    let start = 0;
    for (let i = 0; i < k; i++) start += node.inputs[i].shape[axis];
    return slice(g, start, start + node.inputs[k].shape[axis], axis);
  },
  encode: (to, node) => {
    const { axis, outer, inner } = node.attributes;
    to.word(outer);
    to.word(node.inputs.length);
    to.output();
    node.inputs.forEach((input, k) => {
      to.input(k);
      to.word(input.shape[axis] * inner);
    });
  },
  run: ({ f64 }, code, at) => {
    const [outer, parts] = [code[at + 1], code[at + 2]];
    let y = code[at + 3] >>> 3;
    for (let o = 0; o < outer; o++) {
      for (let p = 0; p < parts; p++) {
        const run = code[at + 5 + 2 * p];
        const from = (code[at + 4 + 2 * p] >>> 3) + o * run;
        f64.copyWithin(y, from, from + run);
        y += run;
      }
    }
  },
};

/** Rows become columns. */
export const transposeOperation: StructuredOperation = {
  kind: 'structured',
  name: 'transpose',
  opcode: Opcode.Transpose,
  simplify: ([x], shape) => {
    if (x.op === transposeOperation) return x.inputs[0];
    if (shape[0] === 1 || shape[1] === 1) return reshape(x, shape);
    return undefined;
  },
  cotangent: (_node, g) => transpose(g),
  encode: (to, { shape: [columns, rows] }) => {
    to.word(rows);
    to.word(columns);
    to.input(0);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [rows, columns] = [code[at + 1], code[at + 2]];
    const [x, y] = [code[at + 3] >>> 3, code[at + 4] >>> 3];
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) f64[y + c * rows + r] = f64[x + r * columns + c];
  },
};

/** [header, outer, length, inner, start, count, x, y] */
function encodeRange(to: Encoder, { attributes: { outer, length, inner, start, count } }: Expression): void {
  for (const value of [outer, length, inner, start, count]) to.word(value);
  to.input(0);
  to.output();
}

/** Elements `start ≤ i < stop` along an axis; negative positions count from the end. */
export function slice(x: Expression, start: number, stop?: number, axis = 0): Expression {
  const along = resolveAxis('slice', x.shape, axis);
  const view = axisView(x.shape, along);
  const from = start < 0 ? start + view.length : start;
  const to = stop === undefined ? view.length : stop < 0 ? stop + view.length : stop;
  if (![from, to].every(Number.isInteger) || from < 0 || to > view.length || from >= to) {
    throw new RangeError(
      `slice: ${start} to ${stop ?? 'the end'} is no range of axis ${along} of ${describeShape(x.shape)}`,
    );
  }
  if (to - from === view.length) return x;
  const shape = x.shape.map((extent, i) => (i === along ? to - from : extent));
  return x.graph.node(sliceOperation, [x], shape, { ...view, start: from, count: to - from });
}

/** Rows of adjacent elements of anything, flattened. */
function sliceRows(x: Expression, start: number, count: number, inner: number): Expression {
  return slice(reshape(x, [x.size]), start * inner, (start + count) * inner);
}

/** The element, row, … at a position of the first axis. */
export function at(x: Expression, position: number): Expression {
  if (x.rank === 0) throw new RangeError('at: a scalar has no positions');
  const from = position < 0 ? position + x.shape[0] : position;
  return reshape(slice(x, from, from + 1), x.shape.slice(1));
}

/** Joins arrays along an axis; the other axes must agree. */
export function concatenate(parts: readonly Expression[], axis = 0): Expression {
  if (parts.length === 0) throw new RangeError('concatenate: there is nothing to join');
  const along = resolveAxis('concatenate', parts[0].shape, axis);
  const others = (shape: Shape) => shape.filter((_, i) => i !== along);
  parts.forEach((part, i) => {
    if (part.rank !== parts[0].rank || !sameShape(others(part.shape), others(parts[0].shape))) {
      throw new RangeError(
        `concatenate: part ${i} has shape ${describeShape(part.shape)}, which does not join ${describeShape(parts[0].shape)} along axis ${along}`,
      );
    }
  });
  if (parts.length === 1) return parts[0];
  const shape = [...parts[0].shape];
  shape[along] = parts.reduce((length, part) => length + part.shape[along], 0);
  const view: AxisView = axisView(shape, along);
  return parts[0].graph.node(concatenateOperation, parts, shape, {
    axis: along,
    outer: view.outer,
    inner: view.inner,
  });
}

/** Arrays of one shape along a new first axis. */
export function stack(parts: readonly Expression[]): Expression {
  return concatenate(parts.map((part) => reshape(part, [1, ...part.shape])));
}

/** The transpose of a matrix; a vector or scalar is its own. */
export function transpose(x: Expression): Expression {
  if (x.rank < 2) return x;
  if (x.rank > 2) throw new RangeError(`transpose: expected a matrix, got ${describeShape(x.shape)}`);
  const [rows, columns] = x.shape;
  if (x.values instanceof Float64Array && rows > 1 && columns > 1) return x.graph.transposed(x);
  return x.graph.node(transposeOperation, [x], [columns, rows]);
}

/** Gathering by integer data, and scatter-add, its adjoint. */
import { Opcode } from '../../../assembly/program/opcodes';
import { Expression } from '../expression';
import type { Encoder, StructuredOperation } from '../operation';
import type { Operand } from '../rank';
import { sizeOf } from '../shape';
import { gatherComputed } from './computed-index';

/** Rows of x by position. */
export const gatherOperation: StructuredOperation = {
  kind: 'structured',
  name: 'gather',
  opcode: Opcode.Gather,
  cotangent: (node, g, k) => {
    if (k === 1) return undefined;
    const [x, index] = node.inputs;
    return node.graph.node(scatterAddOperation, [g, index], x.shape, node.attributes);
  },
  encode: encodeIndexed,
  blocks: (node) =>
    node.attributes.inner === 1
      ? { rows: node.inputs[1].size, inputs: ['whole', 'advance'], output: 'row' }
      : undefined,
  run: ({ f64, i32 }, code, at) => {
    const [n, inner] = [code[at + 1], code[at + 2]];
    const [index, x, y] = [code[at + 3] >>> 2, code[at + 4] >>> 3, code[at + 5] >>> 3];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < inner; j++) f64[y + i * inner + j] = f64[x + i32[index + i] * inner + j];
    }
    if (n * inner === 1) f64[y + 1] = f64[y];
  },
};

/** Rows of positions by position: those that a batch of rows has. */
export const gatherPositionsOperation: StructuredOperation = {
  kind: 'structured',
  name: 'gatherPositions',
  opcode: Opcode.GatherPositions,
  positions: true,
  encode: encodeIndexed,
  run: ({ i32 }, code, at) => {
    const [n, inner] = [code[at + 1], code[at + 2]];
    const [index, x, y] = [code[at + 3] >>> 2, code[at + 4] >>> 2, code[at + 5] >>> 2];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < inner; j++) i32[y + i * inner + j] = i32[x + i32[index + i] * inner + j];
    }
  },
};

/** Zeros to which each row is added at its position. */
export const scatterAddOperation: StructuredOperation = {
  kind: 'structured',
  name: 'scatterAdd',
  opcode: Opcode.ScatterAdd,
  cotangent: (node, g, k) => {
    if (k === 1) return undefined;
    const [x, index] = node.inputs;
    return node.graph.node(gatherOperation, [g, index], x.shape, node.attributes);
  },
  encode: (to, node) => {
    encodeIndexed(to, node);
    to.word(node.size);
    to.accumulate();
  },
  blocks: (node) =>
    node.attributes.inner === 1
      ? { rows: node.inputs[1].size, inputs: ['row', 'advance'], output: 'accumulated' }
      : undefined,
  run: ({ f64, i32 }, code, at) => {
    const [n, inner] = [code[at + 1], code[at + 2]];
    const [index, x, y] = [code[at + 3] >>> 2, code[at + 4] >>> 3, code[at + 5] >>> 3];
    const size = code[at + 6];
    if (!code[at + 7]) f64.fill(0, y, y + size);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < inner; j++) f64[y + i32[index + i] * inner + j] += f64[x + i * inner + j];
    }
    if (size === 1) f64[y + 1] = f64[y];
  },
};

/** [header, n, inner, index, x, y] */
function encodeIndexed(to: Encoder, { inputs: [, index], attributes: { inner } }: Expression): void {
  to.count(index.size);
  to.word(inner);
  to.input(1);
  to.input(0);
  to.output();
}

/** `x[index]` along the first axis: the index's axes, then those of an element of x. An index that is no data is computed. */
export function gather(x: Expression, index: Operand): Expression {
  if (x.rank === 0) throw new RangeError('gather: a scalar has no positions');
  if (index instanceof Expression && index.values === undefined && index.dtype === 'f64') {
    return gatherComputed(x, index);
  }
  const positions = x.graph.index('gather', index, x.shape[0]);
  const element = x.shape.slice(1);
  return x.graph.node(gatherOperation, [x, positions], [...positions.shape, ...element], {
    inner: sizeOf(element),
  });
}

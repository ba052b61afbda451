/** Symmetric matrices by the elements of their upper triangle, so that each is computed once. */
import { Opcode } from '../../../../assembly/program/opcodes';
import type { Expression } from '../../expression';
import type { Graph } from '../../graph';
import type { Encoder, StructuredOperation } from '../../operation';
import { describeShape } from '../../shape';
import { positions } from './memo';

/** Both triangles, from the upper one row by row. */
export const symmetricUnpackOperation: StructuredOperation = {
  kind: 'structured',
  name: 'symmetricUnpack',
  opcode: Opcode.SymmetricUnpack,
  cotangent: (node, g) => node.graph.node(symmetricPackOperation, [g], node.inputs[0].shape),
  encode: (to, node) => encode(to, node.shape[0]),
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [x, y] = [code[at + 2] >>> 3, code[at + 3] >>> 3];
    for (let i = 0, k = x; i < n; i++) {
      for (let j = i; j < n; j++, k++) f64[y + i * n + j] = f64[y + j * n + i] = f64[k];
    }
    if (n === 1) f64[y + 1] = f64[y];
  },
};

/** Sums of each element and its mirror image, the diagonal once. */
export const symmetricPackOperation: StructuredOperation = {
  kind: 'structured',
  name: 'symmetricPack',
  opcode: Opcode.SymmetricPack,
  cotangent: (node, g) => node.graph.node(symmetricUnpackOperation, [g], node.inputs[0].shape),
  encode: (to, node) => encode(to, node.inputs[0].shape[0]),
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [x, y] = [code[at + 2] >>> 3, code[at + 3] >>> 3];
    for (let i = 0, k = y; i < n; i++) {
      for (let j = i; j < n; j++, k++) f64[k] = f64[x + i * n + j] + (i === j ? 0 : f64[x + j * n + i]);
    }
    if (n === 1) f64[y + 1] = f64[y];
  },
};

function encode(to: Encoder, n: number): void {
  to.word(n);
  to.input(0);
  to.output();
}

/** Rows and columns of the elements of the upper triangle of n×n, row by row: index data of n(n+1)/2 each. */
export function upperPairs(graph: Graph, n: number): { rows: Expression; columns: Expression } {
  const list = (pick: (i: number, j: number) => number) => (): Int32Array => {
    const result = new Int32Array((n * (n + 1)) / 2);
    for (let i = 0, k = 0; i < n; i++) for (let j = i; j < n; j++) result[k++] = pick(i, j);
    return result;
  };
  return {
    rows: positions(
      graph,
      `upper rows ${n}`,
      list((i) => i),
    ),
    columns: positions(
      graph,
      `upper columns ${n}`,
      list((_i, j) => j),
    ),
  };
}

/** The symmetric n×n matrix whose upper triangle, row by row, is a vector of n(n+1)/2 elements. */
export function symmetricMatrix(triangle: Expression): Expression {
  const n = (Math.sqrt(8 * triangle.size + 1) - 1) / 2;
  if (triangle.rank !== 1 || !Number.isInteger(n) || n < 1) {
    throw new RangeError(
      `symmetricMatrix: expected a vector of n(n + 1)/2 elements, got ${describeShape(triangle.shape)}`,
    );
  }
  return triangle.graph.node(symmetricUnpackOperation, [triangle], [n, n]);
}

/** Matrix products, closed under differentiation by transposition flags. */
import { Opcode } from '../../../assembly/program/opcodes';
import type { Expression } from '../expression';
import type { Encoder, StructuredOperation } from '../operation';
import { describeShape } from '../shape';
import { batchedProduct } from './batched';
import { dot } from './reduce';
import { transpose, transposeOperation } from './layout';
import { reshape } from './view';

/** y = Σ_k vₖ·(row k of a): a product with a matrix stored column by column, streamed over its columns. */
export const matrixVectorOperation: StructuredOperation = {
  kind: 'structured',
  name: 'matrixVector',
  opcode: Opcode.MatrixVector,
  cotangent: (node, g, k) => {
    const [columns, v] = node.inputs;
    return k === 1 ? rowDots(columns, g) : outer(v, g);
  },
  encode: encodeRows,
  blocks: (node) => ({ rows: node.size, inputs: ['advance', 'whole'], output: 'row' }),
  run: ({ f64 }, code, at) => {
    const [n, rows, stride] = [code[at + 1], code[at + 2], code[at + 3] >>> 3];
    const [a, v, y] = [code[at + 4] >>> 3, code[at + 5] >>> 3, code[at + 6] >>> 3];
    f64.fill(0, y, y + n);
    for (let r = 0; r < rows; r++) {
      const weight = f64[v + r];
      const from = a + r * stride;
      for (let i = 0; i < n; i++) f64[y + i] += f64[from + i] * weight;
    }
    if (n === 1) f64[y + 1] = f64[y];
  },
};

/** yₖ = (row k of a)·v. */
export const rowDotsOperation: StructuredOperation = {
  kind: 'structured',
  name: 'rowDots',
  opcode: Opcode.RowDots,
  cotangent: (node, g, k) => {
    const [rows, v] = node.inputs;
    return k === 1 ? columnsTimes(rows, g) : outer(g, v);
  },
  encode: (to, node) => {
    encodeRows(to, node);
    to.accumulate();
  },
  blocks: (node) => ({ rows: node.inputs[1].size, inputs: ['advance', 'row'], output: 'accumulated' }),
  run: ({ f64 }, code, at) => {
    const [n, rows, stride] = [code[at + 1], code[at + 2], code[at + 3] >>> 3];
    const [a, v, y] = [code[at + 4] >>> 3, code[at + 5] >>> 3, code[at + 6] >>> 3];
    for (let r = 0; r < rows; r++) {
      let total = code[at + 7] ? f64[y + r] : 0;
      const from = a + r * stride;
      for (let i = 0; i < n; i++) total += f64[from + i] * f64[v + i];
      f64[y + r] = total;
    }
    if (rows === 1) f64[y + 1] = f64[y];
  },
};

/** [header, n, rows, bytes a row, a, v, y] */
function encodeRows(to: Encoder, { inputs: [a] }: Expression): void {
  const [rows, n] = a.shape;
  to.count(n);
  to.word(rows);
  to.word(n * 8);
  to.input(0);
  to.input(1);
  to.output();
}

/** C = op(A)·op(B), each transposed or not. */
export const matrixProductOperation: StructuredOperation = {
  kind: 'structured',
  name: 'matrixProduct',
  opcode: Opcode.MatrixProduct,
  cotangent: (node, g, k) => {
    const [a, b] = node.inputs;
    const { transposeA, transposeB } = node.attributes;
    if (k === 0) return transposeA ? product(b, g, transposeB, 1) : product(g, b, 0, 1 - transposeB);
    return transposeB ? product(g, a, 1, transposeA) : product(a, g, 1 - transposeA, 0);
  },
  encode: (to, { inputs: [a], shape: [m, n], attributes: { transposeA, transposeB } }) => {
    to.word(m);
    to.word(a.shape[transposeA ? 0 : 1]);
    to.word(n);
    to.word(transposeA + 2 * transposeB);
    to.input(0);
    to.input(1);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [m, k, n, flags] = code.subarray(at + 1, at + 5);
    const [a, b, c] = [code[at + 5] >>> 3, code[at + 6] >>> 3, code[at + 7] >>> 3];
    const [aRow, aColumn] = flags & 1 ? [1, m] : [k, 1];
    const [bRow, bColumn] = flags & 2 ? [1, k] : [n, 1];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let total = 0;
        for (let l = 0; l < k; l++)
          total += f64[a + i * aRow + l * aColumn] * f64[b + l * bRow + j * bColumn];
        f64[c + i * n + j] = total;
      }
    }
    if (m * n === 1) f64[c + 1] = f64[c];
  },
};

/**
 * Matrix product of matrices and vectors; a vector on the left is a row, on the right a column. With a third axis in
 * front, one product for each of the batch.
 */
export function matmul(a: Expression, b: Expression): Expression {
  const inner = b.shape[b.rank > 1 ? b.rank - 2 : 0];
  const batches = a.rank === 3 && b.rank === 3 && a.shape[0] !== b.shape[0];
  const ranks = a.rank >= 1 && b.rank >= 1 && a.rank <= 3 && b.rank <= 3 && !(a.rank === 1 && b.rank === 3);
  if (!ranks || batches || a.shape[a.rank - 1] !== inner) {
    throw new RangeError(
      'matmul: expected a last axis of the left as long as the first axis of the right, or [batch, m, k] and [batch, k, n], ' +
        `got ${describeShape(a.shape)} and ${describeShape(b.shape)}`,
    );
  }
  if (b.rank === 3) return batchedProduct(a, b);
  if (a.rank === 3) {
    // One matrix on the right of all is a single product with the rows of all.
    const [batch, m, k] = a.shape;
    return reshape(matmul(reshape(a, [batch * m, k]), b), [batch, m, ...b.shape.slice(1)]);
  }
  if (a.rank === 1) return b.rank === 1 ? dot(a, b) : columnsTimes(b, a);
  if (b.rank === 1) {
    // Stored by columns, a product streams over rows of the data: no horizontal sums, and blocks fit the cache.
    return a.isConstant || a.op === transposeOperation ? columnsTimes(transpose(a), b) : rowDots(a, b);
  }
  const [left, transposeA] = untransposed(a);
  const [right, transposeB] = untransposed(b);
  return product(left, right, transposeA, transposeB);
}

/** The matrix xᵢ·yⱼ of two vectors. */
export function outer(x: Expression, y: Expression): Expression {
  if (x.rank !== 1 || y.rank !== 1) {
    throw new RangeError(
      `outer: expected two vectors, got ${describeShape(x.shape)} and ${describeShape(y.shape)}`,
    );
  }
  return product(reshape(x, [x.size, 1]), reshape(y, [1, y.size]), 0, 0);
}

/** Σ_k vₖ·(row k of a). */
function columnsTimes(a: Expression, v: Expression): Expression {
  return a.graph.node(matrixVectorOperation, [a, v], [a.shape[1]]);
}

function rowDots(a: Expression, v: Expression): Expression {
  return a.graph.node(rowDotsOperation, [a, v], [a.shape[0]]);
}

function untransposed(x: Expression): [Expression, number] {
  return x.op === transposeOperation ? [x.inputs[0], 1] : [x, 0];
}

function product(a: Expression, b: Expression, transposeA: number, transposeB: number): Expression {
  const rows = a.shape[transposeA ? 1 : 0];
  const columns = b.shape[transposeB ? 0 : 1];
  return a.graph.node(matrixProductOperation, [a, b], [rows, columns], { transposeA, transposeB });
}

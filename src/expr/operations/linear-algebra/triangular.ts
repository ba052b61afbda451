/** Triangles of matrices, and systems with triangular matrices. */
import { Opcode } from '../../../../assembly/program/opcodes';
import type { Expression } from '../../expression';
import type { StructuredOperation } from '../../operation';
import { matmul, outer } from '../contract';
import { transpose, transposeOperation } from '../layout';
import { requireMatrix, requireRightHandSide, requireSquare } from './require';

export type Triangle = 'lower' | 'upper';

/** One triangle, zeros elsewhere, the diagonal times `halves`/2; its own adjoint. */
export const triangularPartOperation: StructuredOperation = {
  kind: 'structured',
  name: 'triangularPart',
  opcode: Opcode.TriangularPart,
  cotangent: (node, g) => node.graph.node(triangularPartOperation, [g], node.shape, node.attributes),
  encode: (to, { shape: [rows, columns], attributes: { upper, halves } }) => {
    to.word(rows);
    to.word(columns);
    to.word(upper + 2 * halves);
    to.input(0);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [rows, columns, flags] = code.subarray(at + 1, at + 4);
    const [x, y] = [code[at + 4] >>> 3, code[at + 5] >>> 3];
    const upper = flags & 1;
    const scale = (flags >> 1) / 2;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const i = r * columns + c;
        const factor = r === c ? scale : Number(r < c === (upper === 1));
        f64[y + i] = factor === 0 ? 0 : factor * f64[x + i];
      }
    }
    if (rows * columns === 1) f64[y + 1] = f64[y];
  },
};

/** op(T)⁻¹·B; of T one triangle is read. */
export const triangularSolveOperation: StructuredOperation = {
  kind: 'structured',
  name: 'triangularSolve',
  opcode: Opcode.TriangularSolve,
  cotangent: (node, g, k) => {
    const [t, b] = node.inputs;
    const { upper, transposed } = node.attributes;
    const back = node.graph.node(triangularSolveOperation, [t, g], b.shape, {
      upper,
      transposed: 1 - transposed,
    });
    if (k === 1) return back;
    const [rows, columns] = transposed ? [node, back] : [back, node];
    const product = b.rank === 1 ? outer(rows, columns) : matmul(rows, transpose(columns));
    return triangularPart(product.neg(), upper ? 'upper' : 'lower', 1);
  },
  encode: (to, { shape: [n, width = 1], attributes: { upper, transposed } }) => {
    to.word(n);
    to.word(width);
    to.word(upper + 2 * transposed);
    to.input(0);
    to.input(1);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [n, width, flags] = code.subarray(at + 1, at + 4);
    const [t, b, x] = [code[at + 4] >>> 3, code[at + 5] >>> 3, code[at + 6] >>> 3];
    const [row, column] = flags & 2 ? [1, n] : [n, 1];
    // A lower system is solved from its first row on, an upper one from its last.
    const lower = (flags & 1) === flags >> 1;
    for (let c = 0; c < width; c++) {
      for (let step = 0; step < n; step++) {
        const i = lower ? step : n - 1 - step;
        let value = f64[b + i * width + c];
        for (let known = 0; known < step; known++) {
          const k = lower ? known : n - 1 - known;
          value -= f64[t + i * row + k * column] * f64[x + k * width + c];
        }
        f64[x + i * width + c] = value / f64[t + i * (n + 1)];
      }
    }
    if (n * width === 1) f64[x + 1] = f64[x];
  },
};

/** A triangle of a matrix with the diagonal times `weight`. */
export function triangularPart(x: Expression, triangle: Triangle, weight: 0 | 0.5 | 1): Expression {
  return x.graph.node(triangularPartOperation, [x], x.shape, {
    upper: triangle === 'upper' ? 1 : 0,
    halves: 2 * weight,
  });
}

export function lowerTriangle(x: Expression): Expression {
  requireMatrix('lowerTriangle', x);
  return triangularPart(x, 'lower', 1);
}

export function upperTriangle(x: Expression): Expression {
  requireMatrix('upperTriangle', x);
  return triangularPart(x, 'upper', 1);
}

/** What a triangular system is besides its matrix. */
export interface TriangularOptions {
  /** The upper triangle of the matrix is meant (the lower one unless told). */
  readonly upper?: boolean;
  /** The transposed matrix is to be inverted. */
  readonly transpose?: boolean;
}

/** X with op(T)·X = B. */
export function triangularSolve(t: Expression, b: Expression, options: TriangularOptions = {}): Expression {
  const n = requireSquare('triangularSolve', t);
  requireRightHandSide('triangularSolve', n, b);
  const flipped = t.op === transposeOperation;
  const upper = Boolean(options.upper) !== flipped;
  const transposed = Boolean(options.transpose) !== flipped;
  return t.graph.node(triangularSolveOperation, [flipped ? t.inputs[0] : t, b], b.shape, {
    upper: Number(upper),
    transposed: Number(transposed),
  });
}

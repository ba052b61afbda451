/** General square systems by LU factors with partial pivoting. */
import { Opcode } from '../../../../assembly/program/opcodes';
import type { Expression } from '../../expression';
import type { Memory, StructuredOperation } from '../../operation';
import { matmul, outer } from '../contract';
import { apply } from '../elementwise';
import { slice, transpose } from '../layout';
import { sum } from '../reduce';
import { unary } from '../unary';
import { reshape } from '../view';
import { diagonal, diagonalMatrix } from './diagonal';
import { factoredView } from './factored';
import { requireRightHandSide, requireSquare } from './require';

/** Factors of P·A row by row, L below the diagonal and U from it on, then the row that each step exchanged with its own. */
export const luOperation: StructuredOperation = {
  kind: 'structured',
  name: 'lu',
  opcode: Opcode.Lu,
  encode: (to, node) => {
    to.word(node.inputs[0].shape[0]);
    to.input(0);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [a, lu] = [code[at + 2] >>> 3, code[at + 3] >>> 3];
    f64.copyWithin(lu, a, a + n * n);
    for (let k = 0; k < n; k++) {
      let pivot = k;
      for (let i = k + 1; i < n; i++)
        if (Math.abs(f64[lu + i * n + k]) > Math.abs(f64[lu + pivot * n + k])) pivot = i;
      f64[lu + n * n + k] = pivot;
      exchangeRows(f64, lu, n, k, pivot);
      for (let i = k + 1; i < n; i++) {
        const factor = (f64[lu + i * n + k] /= f64[lu + k * n + k]);
        for (let j = k + 1; j < n; j++) f64[lu + i * n + j] -= factor * f64[lu + k * n + j];
      }
    }
  },
};

/** A⁻¹·B, or A⁻ᵀ·B: inputs are the factors, B, and A, which only derivatives are of. */
export const luSolveOperation: StructuredOperation = {
  kind: 'structured',
  name: 'luSolve',
  opcode: Opcode.LuSolve,
  cotangent: (node, g, k) => {
    if (k === 0) return undefined;
    const [lu, b, a] = node.inputs;
    const { transposed } = node.attributes;
    const back = node.graph.node(luSolveOperation, [lu, g, a], b.shape, { transposed: 1 - transposed });
    if (k === 1) return back;
    const [rows, columns] = transposed ? [node, back] : [back, node];
    return (b.rank === 1 ? outer(rows, columns) : matmul(rows, transpose(columns))).neg();
  },
  encode: (to, { shape: [n, width = 1], attributes: { transposed } }) => {
    to.word(n);
    to.word(width);
    to.word(transposed);
    to.input(0);
    to.input(1);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const [n, width, transposed] = code.subarray(at + 1, at + 4);
    const [lu, b, x] = [code[at + 4] >>> 3, code[at + 5] >>> 3, code[at + 6] >>> 3];
    const swaps = lu + n * n;
    f64.copyWithin(x, b, b + n * width);
    const [row, column] = transposed ? [1, n] : [n, 1];
    const substitute = (c: number, lower: boolean): void => {
      for (let step = 0; step < n; step++) {
        const i = lower ? step : n - 1 - step;
        let value = f64[x + i * width + c];
        for (let known = 0; known < step; known++) {
          const k = lower ? known : n - 1 - known;
          value -= f64[lu + i * row + k * column] * f64[x + k * width + c];
        }
        // Of the two factors only U has a diagonal: it is the lower one when transposed.
        f64[x + i * width + c] = lower === (transposed === 1) ? value / f64[lu + i * (n + 1)] : value;
      }
    };
    if (!transposed) for (let k = 0; k < n; k++) exchangeRows(f64, x, width, k, f64[swaps + k]);
    for (let c = 0; c < width; c++) {
      substitute(c, true);
      substitute(c, false);
    }
    if (transposed) for (let k = n - 1; k >= 0; k--) exchangeRows(f64, x, width, k, f64[swaps + k]);
    if (n * width === 1) f64[x + 1] = f64[x];
  },
};

function exchangeRows(f64: Memory['f64'], x: number, width: number, i: number, j: number): void {
  if (i === j) return;
  for (let c = 0; c < width; c++) {
    const value = f64[x + i * width + c];
    f64[x + i * width + c] = f64[x + j * width + c];
    f64[x + j * width + c] = value;
  }
}

const logDeterminantView = factoredView('logDeterminant', (_node, a, g) => transpose(inverse(a)).mul(g));

function factors(a: Expression): Expression {
  const n = a.shape[0];
  return a.graph.node(luOperation, [a], [n * n + n]);
}

/** log |det A|. */
export function logDeterminant(a: Expression): Expression {
  const n = requireSquare('logDeterminant', a);
  const pivots = diagonal(reshape(slice(factors(a), 0, n * n), [n, n]));
  const value = sum(apply(unary.log, [apply(unary.abs, [pivots])]));
  return a.graph.node(logDeterminantView, [value, a], []);
}

/** X with A·X = B. */
export function solve(a: Expression, b: Expression): Expression {
  requireRightHandSide('solve', requireSquare('solve', a), b);
  return a.graph.node(luSolveOperation, [factors(a), b, a], b.shape, { transposed: 0 });
}

/** A⁻¹. */
export function inverse(a: Expression): Expression {
  const n = requireSquare('inverse', a);
  return solve(a, diagonalMatrix(a.graph.filled(1, [n])));
}

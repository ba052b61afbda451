/** The Cholesky factor of a positive definite matrix, and what is made of it. */
import { Opcode } from '../../../../assembly/program/opcodes';
import type { Expression } from '../../expression';
import type { StructuredOperation } from '../../operation';
import { matmul } from '../contract';
import { transpose } from '../layout';
import { sum } from '../reduce';
import { diagonal } from './diagonal';
import { requireRightHandSide, requireSquare } from './require';
import { triangularPart, triangularSolve } from './triangular';

/** U of A = UᵀU. Reads the upper triangle; where A is not positive definite, the result is NaN from the failing row on. */
export const upperCholeskyOperation: StructuredOperation = {
  kind: 'structured',
  name: 'upperCholesky',
  opcode: Opcode.UpperCholesky,
  cotangent: (node, g) => node.graph.node(upperCholeskyAdjointOperation, [node, g], node.shape),
  encode: (to, { shape: [n] }) => {
    to.word(n);
    to.input(0);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [a, u] = [code[at + 2] >>> 3, code[at + 3] >>> 3];
    f64.fill(0, u, u + n * n);
    for (let i = 0; i < n; i++) {
      const row = u + i * n;
      for (let j = i; j < n; j++) {
        let value = f64[a + i * n + j];
        for (let k = 0; k < i; k++) value -= f64[u + k * n + i] * f64[u + k * n + j];
        if (j > i) f64[row + j] = value / f64[row + i];
        else f64[row + i] = value > 0 && value < Infinity ? Math.sqrt(value) : NaN;
      }
    }
    if (n === 1) f64[u + 1] = f64[u];
  },
};

/**
 * From (U, Ū), of which upper triangles are read, the cotangent of A's upper triangle (Murray 2016, arXiv:1602.07527):
 * S + Sᵀ with its diagonal halved, where S = U⁻¹·Φ(U·Ūᵀ)·U⁻ᵀ and Φ takes the lower triangle with half the diagonal.
 */
export const upperCholeskyAdjointOperation: StructuredOperation = {
  kind: 'structured',
  name: 'upperCholeskyAdjoint',
  opcode: Opcode.UpperCholeskyAdjoint,
  cotangent: (node, g, k) => {
    const [u, uBar] = node.inputs;
    const half = triangularPart(g, 'upper', 0.5);
    const left = triangularSolve(u, half.add(transpose(half)), { upper: true, transpose: true });
    const inner = triangularPart(
      triangularSolve(u, transpose(left), { upper: true, transpose: true }),
      'lower',
      0.5,
    );
    if (k === 1) return matmul(transpose(inner), u);
    const direct = matmul(inner, triangularPart(uBar, 'upper', 1));
    return triangularPart(direct.sub(matmul(left, node.add(transpose(node)))), 'upper', 1);
  },
  encode: (to, { shape: [n] }) => {
    to.word(n);
    to.input(0);
    to.input(1);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [u, g, y] = [code[at + 2] >>> 3, code[at + 3] >>> 3, code[at + 4] >>> 3];
    for (let i = 0; i < n * n; i++) f64[y + i] = Math.floor(i / n) <= i % n ? f64[g + i] : 0;
    // The factorisation's statements in reverse, the last row first.
    for (let i = n - 1; i >= 0; i--) {
      const pivot = f64[u + i * n + i];
      for (let j = i + 1; j < n; j++) {
        f64[y + i * n + j] /= pivot;
        f64[y + i * n + i] -= f64[y + i * n + j] * f64[u + i * n + j];
      }
      f64[y + i * n + i] /= 2 * pivot;
      for (let k = 0; k < i; k++) {
        const above = f64[u + k * n + i];
        for (let j = i; j < n; j++) {
          f64[y + k * n + i] -= f64[y + i * n + j] * f64[u + k * n + j];
          f64[y + k * n + j] -= f64[y + i * n + j] * above;
        }
      }
    }
    if (n === 1) f64[y + 1] = f64[y];
  },
};

/** L of A = LLᵀ, lower triangular: stored as its transpose, which products and systems read as it is. */
export function cholesky(a: Expression): Expression {
  requireSquare('cholesky', a);
  return transpose(a.graph.node(upperCholeskyOperation, [a], a.shape));
}

/** log det A of a positive definite matrix. */
export function logDeterminantSpd(a: Expression): Expression {
  requireSquare('logDeterminantSpd', a);
  return sum(diagonal(cholesky(a)).log()).mul(2);
}

/** A⁻¹·B for a positive definite A. */
export function solveSpd(a: Expression, b: Expression): Expression {
  requireRightHandSide('solveSpd', requireSquare('solveSpd', a), b);
  const factor = cholesky(a);
  return triangularSolve(factor, triangularSolve(factor, b), { transpose: true });
}

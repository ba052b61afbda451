/** Eigenvalues and eigenvectors of symmetric matrices. */
import { Opcode } from '../../../../assembly/program/opcodes';
import type { Expression } from '../../expression';
import type { StructuredOperation } from '../../operation';
import { matmul } from '../contract';
import { apply } from '../elementwise';
import { binary } from '../binary';
import { slice, transpose } from '../layout';
import { unary } from '../unary';
import { reshape } from '../view';
import { factoredView } from './factored';
import { requireSquare } from './require';
import { triangularPart } from './triangular';

const SWEEPS = 60;
const RELATIVE = Number.EPSILON / 2;
const ABSOLUTE = 1e-22;

/** Eigenvalues in ascending order, then eigenvectors row by row, then room for work. Reads the upper triangle. */
export const symmetricEigenOperation: StructuredOperation = {
  kind: 'structured',
  name: 'symmetricEigen',
  opcode: Opcode.SymmetricEigen,
  encode: (to, node) => {
    to.word(node.inputs[0].shape[0]);
    to.input(0);
    to.output();
  },
  run: ({ f64 }, code, at) => {
    const n = code[at + 1];
    const [a, y] = [code[at + 2] >>> 3, code[at + 3] >>> 3];
    const work = Array.from({ length: n }, (_, i) =>
      Float64Array.from({ length: n }, (_, j) => f64[a + Math.min(i, j) * n + Math.max(i, j)]),
    );
    const largest = work.reduce(
      (top, row) => row.reduce((high, value) => Math.max(high, Math.abs(value)), top),
      0,
    );
    if (!(largest < Infinity)) {
      f64.fill(NaN, y, y + n + n * n);
      return;
    }
    const vectors = work.map((_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
    for (let sweep = 0, rotations = 1; sweep < SWEEPS && rotations > 0; sweep++) {
      rotations = 0;
      for (let p = 0; p < n - 1; p++) {
        for (let q = p + 1; q < n; q++) {
          const [app, aqq, apq] = [work[p][p], work[q][q], work[p][q]];
          const negligible = RELATIVE * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq));
          if (Math.abs(apq) <= Math.max(ABSOLUTE * largest, negligible)) continue;
          rotations++;
          const theta = (aqq - app) / (2 * apq);
          const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
          const cosine = 1 / Math.sqrt(1 + tangent * tangent);
          turn(work[p], work[q], cosine, tangent * cosine);
          for (let i = 0; i < n; i++) [work[i][p], work[i][q]] = [work[p][i], work[q][i]];
          work[p][p] = app - tangent * apq;
          work[q][q] = aqq + tangent * apq;
          work[p][q] = work[q][p] = 0;
          turn(vectors[p], vectors[q], cosine, tangent * cosine);
        }
      }
    }
    const order = work.map((_, i) => i).sort((i, j) => work[i][i] - work[j][j]);
    order.forEach((from, k) => {
      const vector = vectors[from];
      const top = vector.reduce((high, value) => (Math.abs(value) > Math.abs(high) ? value : high), 0);
      f64[y + k] = work[from][from];
      for (let i = 0; i < n; i++) f64[y + n + k * n + i] = top > 0 ? vector[i] : -vector[i];
    });
  },
};

function turn(x: Float64Array, y: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i], y[i]];
    x[i] = cosine * a - sine * b;
    y[i] = sine * a + cosine * b;
  }
}

/** ∂λₖ/∂A = vₖvₖᵀ. */
const eigenvaluesView = factoredView('eigenvaluesSymmetric', (_node, a, g) => {
  const rows = eigenvectorRows(a);
  return ofUpperTriangle(matmul(transpose(rows), reshape(g, [g.size, 1]).mul(rows)));
});

/** dV = V·(F∘(Vᵀ·dA·V)) with Fᵢⱼ = 1/(λⱼ − λᵢ), and 0 where they are equal (Magnus 1985, Econometric Theory 1, 179). */
const eigenvectorsView = factoredView('eigenvectorsSymmetric', (rows, a, g) => {
  const values = eigenvaluesSymmetric(a);
  const n = values.size;
  const gaps = reshape(values, [1, n]).sub(reshape(values, [n, 1]));
  const same = apply(binary.equal, [gaps, 0]);
  const weights = apply(unary.reciprocal, [gaps.add(same)]).mul(apply(binary.sub, [1, same]));
  const inner = weights.mul(matmul(rows, transpose(g)));
  return ofUpperTriangle(matmul(transpose(rows), matmul(inner, rows)));
});

/** The cotangent of the upper triangle, which is what is read, for that of the whole symmetric matrix. */
function ofUpperTriangle(g: Expression): Expression {
  return triangularPart(g.add(transpose(g)), 'upper', 0.5);
}

function packed(a: Expression): Expression {
  const n = a.shape[0];
  return a.graph.node(symmetricEigenOperation, [a], [n + 2 * n * n]);
}

/** Ascending eigenvalues. */
export function eigenvaluesSymmetric(a: Expression): Expression {
  const n = requireSquare('eigenvaluesSymmetric', a);
  return a.graph.node(eigenvaluesView, [slice(packed(a), 0, n), a], [n]);
}

/** Eigenvectors as rows. */
function eigenvectorRows(a: Expression): Expression {
  const n = a.shape[0];
  return a.graph.node(eigenvectorsView, [slice(packed(a), n, n + n * n), a], [n, n]);
}

/** Eigenvectors as columns, in the order of the eigenvalues. */
export function eigenvectorsSymmetric(a: Expression): Expression {
  requireSquare('eigenvectorsSymmetric', a);
  return transpose(eigenvectorRows(a));
}

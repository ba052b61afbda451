/** Diagonals of matrices, read and written by position. */
import type { Expression } from '../../expression';
import type { Graph } from '../../graph';
import { gather, scatterAddOperation } from '../indexing';
import { transposeOperation } from '../layout';
import { expand, sum } from '../reduce';
import { reshape } from '../view';
import { describeShape } from '../../shape';
import { positions } from './memo';
import { requireMatrix, requireSquare, requireVector } from './require';

function diagonalPositions(graph: Graph, count: number, step: number): Expression {
  return positions(graph, `every ${step} to ${count}`, () =>
    Int32Array.from({ length: count }, (_, i) => i * step),
  );
}

/** The elements whose row is their column. */
export function diagonal(a: Expression): Expression {
  requireMatrix('diagonal', a);
  if (a.op === transposeOperation) return diagonal(a.inputs[0]);
  const [rows, columns] = a.shape;
  return gather(reshape(a, [a.size]), diagonalPositions(a.graph, Math.min(rows, columns), columns + 1));
}

/** A square matrix with a vector on its diagonal and zeros elsewhere. */
export function diagonalMatrix(v: Expression): Expression {
  requireVector('diagonalMatrix', v);
  const n = v.size;
  const index = diagonalPositions(v.graph, n, n + 1);
  return reshape(v.graph.node(scatterAddOperation, [v, index], [n * n], { inner: 1 }), [n, n]);
}

/** A square matrix with a vector, or a scalar everywhere, added to its diagonal. */
export function addDiagonal(a: Expression, v: Expression): Expression {
  const n = requireSquare('addDiagonal', a);
  if (v.rank > 1 || (v.rank === 1 && v.size !== 1 && v.size !== n)) {
    throw new RangeError(
      `addDiagonal: expected a scalar or a vector of shape [${n}], got ${describeShape(v.shape)}`,
    );
  }
  return a.add(diagonalMatrix(expand(v, [n])));
}

/** Sum of the diagonal. */
export function trace(a: Expression): Expression {
  requireSquare('trace', a);
  return sum(diagonal(a));
}

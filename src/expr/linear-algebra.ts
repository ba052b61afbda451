/** The free functions of linear algebra, and running sums and products. */
import type { Expression } from './expression';
import { graphOf } from './graph';
import * as cumulative from './operations/cumulative';
import * as choleskies from './operations/linear-algebra/cholesky';
import * as diagonals from './operations/linear-algebra/diagonal';
import * as eigen from './operations/linear-algebra/eigen';
import * as forms from './operations/linear-algebra/forms';
import * as lu from './operations/linear-algebra/lu';
import * as symmetric from './operations/linear-algebra/symmetric';
import * as triangles from './operations/linear-algebra/triangular';
import type { Operand, RankOf } from './rank';

const lift = (name: string, operand: Operand): Expression => graphOf(name, [operand]).expression(operand);

/** L of A = LLᵀ, lower triangular, zeros above. A is symmetric, and its upper triangle is read; NaN where it is not positive definite. */
export function cholesky(a: Operand): Expression<2> {
  return choleskies.cholesky(lift('cholesky', a)) as never;
}

/**
 * X with T·X = B for a triangular T [n, n] and B of [n] or [n, columns]. The lower triangle is read, or with `upper` the
 * upper one; with `transpose`, Tᵀ·X = B is solved.
 */
export function triangularSolve<B extends Operand>(
  t: Operand,
  b: B,
  options?: triangles.TriangularOptions,
): Expression<RankOf<B>> {
  const graph = graphOf('triangularSolve', [t, b]);
  return triangles.triangularSolve(graph.expression(t), graph.expression(b), options) as never;
}

/** A⁻¹·B for a symmetric positive definite A [n, n] and B of [n] or [n, columns]; NaN where A is not. */
export function solveSpd<B extends Operand>(a: Operand, b: B): Expression<RankOf<B>> {
  const graph = graphOf('solveSpd', [a, b]);
  return choleskies.solveSpd(graph.expression(a), graph.expression(b)) as never;
}

/** log det A of a symmetric positive definite A; NaN where it is not. */
export function logDeterminantSpd(a: Operand): Expression<0> {
  return choleskies.logDeterminantSpd(lift('logDeterminantSpd', a)) as never;
}

/** The elements of a matrix whose row is their column. */
export function diagonal(a: Operand): Expression<1> {
  return diagonals.diagonal(lift('diagonal', a)) as never;
}

/** The square matrix with a vector on its diagonal and zeros elsewhere. */
export function diagonalMatrix(v: Operand): Expression<2> {
  return diagonals.diagonalMatrix(lift('diagonalMatrix', v)) as never;
}

/** A square matrix with a vector, or a scalar everywhere, added to its diagonal. */
export function addDiagonal(a: Operand, v: Operand): Expression<2> {
  const graph = graphOf('addDiagonal', [a, v]);
  return diagonals.addDiagonal(graph.expression(a), graph.expression(v)) as never;
}

/** Sum of a square matrix's diagonal. */
export function trace(a: Operand): Expression<0> {
  return diagonals.trace(lift('trace', a)) as never;
}

/** The symmetric matrix [n, n] whose upper triangle, row by row, is a vector [n(n + 1)/2]. */
export function symmetricMatrix(triangle: Operand): Expression<2> {
  return symmetric.symmetricMatrix(lift('symmetricMatrix', triangle)) as never;
}

/** A matrix with zeros above its diagonal. */
export function lowerTriangle(x: Operand): Expression<2> {
  return triangles.lowerTriangle(lift('lowerTriangle', x)) as never;
}

/** A matrix with zeros below its diagonal. */
export function upperTriangle(x: Operand): Expression<2> {
  return triangles.upperTriangle(lift('upperTriangle', x)) as never;
}

/** A⁻¹·B for a square A [n, n] and B of [n] or [n, columns], by LU factors; not finite where A is singular. */
export function solve<B extends Operand>(a: Operand, b: B): Expression<RankOf<B>> {
  const graph = graphOf('solve', [a, b]);
  return lu.solve(graph.expression(a), graph.expression(b)) as never;
}

/** A⁻¹ of a square matrix, by LU factors; not finite where it is singular. To solve a system, `solve` is faster and more exact. */
export function inverse(a: Operand): Expression<2> {
  return lu.inverse(lift('inverse', a)) as never;
}

/** log |det A| of any square matrix, by LU factors; −∞ where it is singular. */
export function logDeterminant(a: Operand): Expression<0> {
  return lu.logDeterminant(lift('logDeterminant', a)) as never;
}

/** xᵀ·A·x for a square A [n, n] and x [n]. */
export function quadraticForm(a: Operand, x: Operand): Expression<0> {
  const graph = graphOf('quadraticForm', [a, x]);
  return forms.quadraticForm(graph.expression(a), graph.expression(x)) as never;
}

/** Kronecker product of A [m, n] and B [p, q]: the [m·p, n·q] matrix of blocks aᵢⱼ·B. */
export function kronecker(a: Operand, b: Operand): Expression<2> {
  const graph = graphOf('kronecker', [a, b]);
  return forms.kronecker(graph.expression(a), graph.expression(b)) as never;
}

/** Eigenvalues [n] of a symmetric matrix [n, n] in ascending order. Its upper triangle is read. */
export function eigenvaluesSymmetric(a: Operand): Expression<1> {
  return eigen.eigenvaluesSymmetric(lift('eigenvaluesSymmetric', a)) as never;
}

/**
 * Eigenvectors of a symmetric matrix [n, n], as columns in the order of the eigenvalues: of length 1, the component of
 * largest magnitude positive. Where eigenvalues repeat, their vectors have no derivative; what the vectors of one
 * eigenvalue owe each other is then left out. Its upper triangle is read.
 */
export function eigenvectorsSymmetric(a: Operand): Expression<2> {
  return eigen.eigenvectorsSymmetric(lift('eigenvectorsSymmetric', a)) as never;
}

/** Sums of all elements up to and with each, along an axis (the first unless told). */
export function cumulativeSum<A extends Operand>(x: A, axis?: number): Expression<RankOf<A>> {
  return cumulative.cumulativeSum(lift('cumulativeSum', x), axis) as never;
}

/** Products of all elements up to and with each, along an axis (the first unless told). */
export function cumulativeProduct<A extends Operand>(x: A, axis?: number): Expression<RankOf<A>> {
  return cumulative.cumulativeProduct(lift('cumulativeProduct', x), axis) as never;
}

/** Data in ascending order. Only data can be sorted: the order of unknowns would change as they move. */
export function sorted(x: Operand): Expression<1> {
  return cumulative.sorted(lift('sorted', x)) as never;
}

/** Cholesky factors of covariance matrices: lower triangular, with exponentials on the diagonal. */
import { concat, exp, gather, log, reshape, sum, type Expression } from '../expr';
import { matrixOrder } from './extent';
import { bySize } from './table';
import type { Transform } from './transform';
import { belowDiagonal } from './triangle';

/**
 * Matrices [..., K, K], lower triangular with a positive diagonal, from K(K + 1)/2 free numbers, row by row; those of
 * the diagonal are logarithms.
 */
export const covarianceCholesky: Transform = {
  name: 'covarianceCholesky',
  eventRank: 2,
  unconstrainedShape: covarianceShape('covarianceCholesky'),
  constrain: covarianceFactor,
  logJacobian: (u) => sum(logDiagonal(u)),
  unconstrain: (x) => {
    const order = x.shape.at(-1)!;
    const { fromElements, diagonalElements } = places(x.size / (order * order), order);
    const elements = reshape(x, [x.size]);
    const all = concat([elements, log(gather(elements, diagonalElements)) as Expression]);
    return reshape(gather(all, fromElements), [...x.shape.slice(0, -2), freeNumbers(order)]);
  },
};

/** Shape of the free numbers behind covariance matrices. */
/* @__NO_SIDE_EFFECTS__ */
export function covarianceShape(name: string): Transform['unconstrainedShape'] {
  return (shape) => [...shape.slice(0, -2), freeNumbers(matrixOrder(name, shape, 1))];
}

/** The factor at free numbers [..., K(K + 1)/2]. */
export function covarianceFactor(u: Expression): Expression {
  const { count, order } = matricesOf(u);
  const free = reshape(u, [u.size]);
  const all = concat([free, exp(logDiagonal(u)) as Expression, u.graph.filled(0, [1])]);
  return reshape(gather(all, places(count, order).toElements), [...u.shape.slice(0, -1), order, order]);
}

/** Logarithms of the diagonals, one matrix after the other. */
export function logDiagonal(u: Expression): Expression {
  const { count, order } = matricesOf(u);
  return gather(reshape(u, [u.size]), places(count, order).diagonal);
}

const freeNumbers = (order: number): number => belowDiagonal(order) + order;

/** Number of matrices behind free numbers [..., K(K + 1)/2], and their rows. */
export function matricesOf(u: Expression): { count: number; order: number } {
  const size = u.shape.at(-1)!;
  return { count: u.size / size, order: (Math.sqrt(1 + 8 * size) - 1) / 2 };
}

interface Places {
  /** Free numbers of the diagonals. */
  readonly diagonal: Int32Array;
  /** For each element its place among free numbers, then exponentials of the diagonals, then a zero. */
  readonly toElements: Int32Array;
  /** Elements on the diagonals. */
  readonly diagonalElements: Int32Array;
  /** For each free number its place among elements, then logarithms of the diagonals. */
  readonly fromElements: Int32Array;
}

const places = bySize((count: number, order: number): Places => {
  const [free, elements] = [count * freeNumbers(order), count * order * order];
  const diagonal = new Int32Array(count * order);
  const diagonalElements = new Int32Array(count * order);
  const toElements = new Int32Array(elements).fill(free + count * order);
  const fromElements = new Int32Array(free);
  let number = 0;
  for (let row = 0; row < count * order; row++) {
    const i = row % order;
    for (let j = 0; j <= i; j++, number++) {
      const element = row * order + j;
      toElements[element] = i === j ? free + row : number;
      fromElements[number] = i === j ? elements + row : element;
      if (i !== j) continue;
      diagonal[row] = number;
      diagonalElements[row] = element;
    }
  }
  return { diagonal, toElements, diagonalElements, fromElements };
});

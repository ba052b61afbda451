/** The ways to say how a vector spreads: a covariance matrix, its inverse, or its Cholesky factor. */
import {
  type Expression,
  log,
  matmul,
  reshape,
  square,
  sum,
  transpose,
  triangularSolve,
  type Lower,
  type Operand,
  type RankOf,
} from '../expr';
import { eachEvent } from '../transforms/eachEvent';
import { choleskyFactor } from '../transforms/factor';
import type { Parameter } from './distribution';
import { diagonals } from './event';
import { positiveDefinite, triangularFactor } from './joint';
import { finite } from './requirement';

/** One of a matrix [..., K, K], symmetric and positive definite; its inverse; its lower triangular factor L. */
export type Spread<M extends Operand = Operand, Name extends string = 'covariance'> =
  { readonly [K in Name]: M } | { readonly precision: M } | { readonly cholesky: M };

/** Rank of one value and its batch, as the matrix tells it. */
export type SpreadRank<S> = S extends { readonly [name: string]: infer M } ? Lower<RankOf<M>> : number;

/** A spread whose matrix is read. With L the Cholesky factor of the covariance: */
export class ScaleMatrix {
  private constructor(
    private readonly kind: 'covariance' | 'precision' | 'cholesky',
    /** As it was given. */
    readonly parameter: Parameter,
  ) {}

  /**
   * @param direct what the matrix itself is called: `covariance`, or `scale` where it is not one
   * @throws RangeError unless exactly one matrix is given
   */
  static of(distribution: string, spread: Spread<Operand, string>, direct = 'covariance'): ScaleMatrix {
    const names = [direct, 'precision', 'cholesky'];
    const given = Object.entries(spread as Record<string, Operand | undefined>).filter(
      ([name, value]) => names.includes(name) && value !== undefined,
    );
    if (given.length !== 1) {
      const found = given.length === 0 ? 'none' : given.map(([name]) => name).join(' and ');
      throw new RangeError(`${distribution}: expected one of ${names.join(', ')}, got ${found}`);
    }
    const [[name, value]] = given as [string, Operand][];
    const kind = name === 'precision' || name === 'cholesky' ? name : 'covariance';
    const joint = kind === 'cholesky' ? triangularFactor : positiveDefinite;
    return new ScaleMatrix(kind, { value, requirement: finite, eventRank: 2, joint });
  }

  /** Number of rows; throws unless the matrix is square. */
  order(distribution: string, matrix: Expression): number {
    const [rows, columns] = matrix.shape.slice(-2);
    if (matrix.rank >= 2 && rows === columns) return rows;
    throw new RangeError(
      `${distribution}: ${this.kind} must be a square matrix, got shape [${matrix.shape.join(', ')}]`,
    );
  }

  /** log det L, for each matrix. */
  logDeterminant(matrix: Expression): Expression {
    const result = sum(log(diagonals(this.factor(matrix))), -1) as Expression;
    return this.kind === 'precision' ? result.neg() : result;
  }

  /** L⁻¹·x for one matrix and vectors in columns. */
  whiten(matrix: Expression, columns: Expression): Expression {
    const factor = this.factor(matrix);
    return this.kind === 'precision' ? matmul(transpose(factor), columns) : triangularSolve(factor, columns);
  }

  /** L·x for one matrix and vectors in columns: the inverse of `whiten`. */
  color(matrix: Expression, columns: Expression): Expression {
    const factor = this.factor(matrix);
    return this.kind === 'precision'
      ? triangularSolve(factor, columns, { transpose: true })
      : matmul(factor, columns);
  }

  /** ‖L⁻¹x‖² for each vector of x [..., K]. */
  squaredLengths(matrix: Expression, x: Expression): Expression {
    return columnwise(matrix, x, (one, columns) => sum(square(this.whiten(one, columns)), 0));
  }

  /** L·x, or with `whiten` L⁻¹·x, for each vector of x [..., K]. */
  apply(how: 'color' | 'whiten', matrix: Expression, x: Expression): Expression {
    return columnwise(matrix, x, (one, columns) => transpose(this[how](one, columns)));
  }

  private factor(matrix: Expression): Expression {
    return this.kind === 'cholesky' ? matrix : choleskyFactor(matrix);
  }
}

/**
 * Applies `operation` to a matrix and vectors in columns, whose results stand in rows: to all vectors of x at once where
 * there is one matrix, to each by itself where each has its own.
 */
function columnwise(
  matrix: Expression,
  x: Expression,
  operation: (matrix: Expression, columns: Expression) => Expression,
): Expression {
  const batch = x.shape.slice(0, -1);
  if (matrix.rank === 2 && batch.length > 0) {
    const results = operation(matrix, transpose(reshape(x, [-1, x.shape.at(-1)!])));
    return reshape(results, [...batch, ...results.shape.slice(1)]);
  }
  const operands = [
    { value: matrix, eventRank: 2 },
    { value: x, eventRank: 1 },
  ];
  return eachEvent(operands, operation);
}

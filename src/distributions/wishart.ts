/** Wishart distribution of covariance matrices: sums of squares of multivariate normal vectors. */
import {
  add,
  describeShape,
  lgamma,
  log,
  matmul,
  mul,
  neg,
  sqrt,
  square,
  sub,
  sum,
  transpose,
  triangularSolve,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import type { Graph } from '../expr/graph';
import { covariance } from '../transforms/covariance';
import { eachEvent } from '../transforms/eachEvent';
import { choleskyFactor } from '../transforms/factor';
import { bySize } from '../transforms/table';
import { LOG_PI, LOG_TWO } from './constants';
import { Distribution, type Parameter } from './distribution';
import { alongEvent, diagonals } from './event';
import { positiveDefinite } from './joint';
import { finite, type Requirement } from './requirement';
import type { Support } from './support';
import { belowDiagonal, onDiagonal } from './triangular';
import type { Variates } from './variate';

export const covarianceMatrices: Support = {
  integer: false,
  open: false,
  interior: 0,
  joint: positiveDefinite,
  transform: covariance,
};

/**
 * ½ (df − K − 1)·log det x − ½ tr(scale⁻¹ x) − ½ df·log det scale − ½ df K log 2 − log Γ_K(½ df) for K×K matrices. The mean is
 * df·scale.
 *
 * @param df degrees of freedom, > K − 1
 * @param scale [..., K, K], symmetric positive definite
 * @throws RangeError when a plain parameter is out of range
 */
export function wishart<D extends Operand, S extends Operand>(
  df: D,
  scale: S,
): Distribution<MaxRank<RankOf<S>, 2>, 2> {
  return new Distribution({
    name: 'wishart',
    parameters: wishartParameters(df, scale),
    support: covarianceMatrices,
    eventRank: 2,
    eventShape: (graph) => matrixShape('wishart', graph, scale),
    variate: (draw) =>
      eachEvent(
        [
          { value: draw.graph.expression(scale), eventRank: 2 },
          { value: bartlett(draw, df), eventRank: 2 },
        ],
        (matrix, triangle) => {
          const root = matmul(choleskyFactor(matrix), triangle);
          return matmul(root, transpose(root));
        },
      ),
    terms: (x) => {
      const order = x.shape.at(-1)!;
      const [value, matrix] = [choleskyFactor(x), choleskyFactor(x.graph.expression(scale))];
      return [
        mul(sub(df, order + 1), logDeterminant(value)),
        mul(-0.5, squaredNorm(matrix, value)),
        neg(mul(df, logDeterminant(matrix))),
        mul(-0.5 * order * LOG_TWO, df),
        neg(logMultivariateGamma(mul(0.5, df), order)),
      ];
    },
  });
}

/**
 * The factor of a Wishart matrix of unit scale: roots of chi-squared draws on the diagonal, normal draws below (Bartlett
 * 1933).
 */
export function bartlett(draw: Variates, df: Operand): Expression {
  const { graph, shape } = draw;
  const order = shape.at(-1)!;
  const fewer = Array.from({ length: order }, (_, i) => -i);
  const squares = draw.over(shape.slice(0, -1)).chiSquared(add(alongEvent(graph.expression(df)), fewer));
  return add(mul(draw.normal(0, 1), belowDiagonal(order)), mul(onDiagonal(order), alongEvent(sqrt(squares))));
}

/** Both kinds of Wishart distribution have these. */
export function wishartParameters(df: Operand, scale: Operand): Record<string, Parameter> {
  const order =
    typeof scale === 'object' && 'shape' in scale
      ? scale.shape.at(-1)!
      : (scale as readonly unknown[]).length;
  return {
    df: { value: df, requirement: above(order - 1) },
    scale: { value: scale, requirement: finite, eventRank: 2, joint: positiveDefinite },
  };
}

const above = (bound: number): Requirement => ({
  text: `be > ${bound}, the number of rows less 1`,
  holds: (v) => v > bound && Number.isFinite(v),
});

/** Shape of the matrices that a scale matrix gives; throws where it is not square. */
export function matrixShape(distribution: string, graph: Graph, scale: Operand): readonly number[] {
  const { shape } = graph.expression(scale);
  if (shape.length >= 2 && shape.at(-1) === shape.at(-2)) return shape.slice(-2);
  throw new RangeError(`${distribution}: scale must be a square matrix, got ${describeShape(shape)}`);
}

/** log det L, for each factor. */
export function logDeterminant(factor: Expression): Expression {
  return sum(log(diagonals(factor)), -1);
}

/** ‖A⁻¹B‖² for factors A and B: the trace of (AAᵀ)⁻¹·BBᵀ. */
export function squaredNorm(a: Expression, b: Expression): Expression {
  return eachEvent(
    [
      { value: a, eventRank: 2 },
      { value: b, eventRank: 2 },
    ],
    (left, right) => sum(square(triangularSolve(left, right))),
  );
}

/** −½ j for j = 0 … K − 1. */
const steps = bySize((order: number): Float64Array => Float64Array.from({ length: order }, (_, j) => -j / 2));

/** log Γ_K(a) = ¼ K(K − 1) log π + Σ_{j < K} log Γ(a − ½ j). */
export function logMultivariateGamma(a: Expression, order: number): Expression {
  return add((order * (order - 1) * LOG_PI) / 4, sum(lgamma(add(alongEvent(a), steps(order))), -1));
}

/** Inverse Wishart distribution of covariance matrices: inverses of Wishart matrices. */
import {
  add,
  matmul,
  mul,
  neg,
  transpose,
  triangularSolve,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { eachEvent } from '../transforms/eachEvent';
import { choleskyFactor } from '../transforms/factor';
import { LOG_TWO } from './constants';
import { Distribution } from './distribution';
import {
  bartlett,
  covarianceMatrices,
  logDeterminant,
  logMultivariateGamma,
  matrixShape,
  squaredNorm,
  wishartParameters,
} from './wishart';

/**
 * ½ df·log det scale − ½ (df + K + 1)·log det x − ½ tr(scale x⁻¹) − ½ df K log 2 − log Γ_K(½ df) for K×K matrices. The mean is
 * scale/(df − K − 1).
 *
 * @param df degrees of freedom, > K − 1
 * @param scale [..., K, K], symmetric positive definite
 * @throws RangeError when a plain parameter is out of range
 */
export function inverseWishart<D extends Operand, S extends Operand>(
  df: D,
  scale: S,
): Distribution<MaxRank<RankOf<S>, 2>, 2> {
  return new Distribution({
    name: 'inverseWishart',
    parameters: wishartParameters(df, scale),
    support: covarianceMatrices,
    eventRank: 2,
    eventShape: (graph) => matrixShape('inverseWishart', graph, scale),
    variate: (draw) =>
      eachEvent(
        [
          { value: draw.graph.expression(scale), eventRank: 2 },
          { value: bartlett(draw, df), eventRank: 2 },
        ],
        (matrix, triangle) => {
          const root = triangularSolve(triangle, transpose(choleskyFactor(matrix)));
          return matmul(transpose(root), root);
        },
      ),
    terms: (x) => {
      const order = x.shape.at(-1)!;
      const [value, matrix] = [choleskyFactor(x), choleskyFactor(x.graph.expression(scale))];
      return [
        neg(mul(add(df, order + 1), logDeterminant(value))),
        mul(-0.5, squaredNorm(value, matrix)),
        mul(df, logDeterminant(matrix)),
        mul(-0.5 * order * LOG_TWO, df),
        neg(logMultivariateGamma(mul(0.5, df), order)),
      ];
    },
  });
}

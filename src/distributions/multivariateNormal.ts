/** Multivariate normal distribution by mean and covariance, precision or Cholesky factor. */
import {
  add,
  describeShape,
  neg,
  sub,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import type { Graph } from '../expr/graph';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { normal } from './normal';
import { finite } from './requirement';
import { minusHalf, ScaleMatrix, type Spread, type SpreadRank } from './scaleMatrix';
import { realLine } from './support';

/**
 * −½ ‖L⁻¹(x − mean)‖² − log det L − ½ K log 2π for vectors of K elements, L the Cholesky factor of the covariance.
 *
 * @param mean [..., K], or one number for all elements; finite
 * @param spread one of `covariance`, `precision` (both [..., K, K], symmetric positive definite) and `cholesky` (lower
 *   triangular, the cheapest); one matrix serves all rows of a batch
 * @throws RangeError when not exactly one matrix is given, or a plain parameter is out of range
 */
export function multivariateNormal<M extends Operand, const S extends Spread>(
  mean: M,
  spread: S,
): Distribution<MaxRank<RankOf<M>, SpreadRank<S>>, 1> {
  const name = 'multivariateNormal';
  const scale = ScaleMatrix.of(name, spread);
  const matrixOf = (x: Expression): Expression => x.graph.expression(scale.parameter.value);
  return new Distribution({
    name,
    parameters: {
      mean: { value: mean, requirement: finite, eventRank: 1 },
      [Object.keys(spread)[0]]: scale.parameter,
    },
    support: realLine,
    eventRank: 1,
    eventShape: (graph) => vectorShape(name, graph, mean, scale),
    terms: (x) => {
      const matrix = matrixOf(x);
      return [
        minusHalf(scale.squaredLengths(matrix, sub(x, mean))),
        neg(scale.logDeterminant(matrix)),
        -x.shape.at(-1)! * HALF_LOG_TWO_PI,
      ];
    },
    standardise: () => ({
      standard: normal(0, 1),
      place: (z) => add(mean, scale.apply('color', matrixOf(z), z)),
      standardize: (x) => scale.apply('whiten', matrixOf(x), sub(x, mean)),
    }),
  });
}

/** Shape of a vector that a location and a matrix agree on. */
export function vectorShape(
  distribution: string,
  graph: Graph,
  location: Operand,
  scale: ScaleMatrix,
): readonly number[] {
  const order = scale.order(distribution, graph.expression(scale.parameter.value));
  const { shape } = graph.expression(location);
  if (shape.length > 0 && shape.at(-1) !== order) {
    throw new RangeError(
      `${distribution}: the matrix has ${order} rows, but the location has shape ${describeShape(shape)}`,
    );
  }
  return [order];
}

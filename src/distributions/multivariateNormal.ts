/** Multivariate normal distribution by mean and covariance, precision or Cholesky factor. */
import {
  add,
  describeShape,
  mul,
  neg,
  square,
  sub,
  sum,
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
import { ScaleMatrix, type Spread, type SpreadRank } from './scaleMatrix';
import { rowStatistics } from './rowStatistics';
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
        {
          elementwise: () => mul(-0.5, scale.squaredLengths(matrix, sub(x, mean))),
          sum: () => mul(-0.5, totalSquaredLength(scale, matrix, x, x.graph.expression(mean))),
        },
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

/**
 * Σ ‖L⁻¹(x − mean)‖². Over many rows of data with one mean and one matrix the rows are summed up beforehand:
 * ‖L⁻¹C‖² + rows·‖L⁻¹(their mean − mean)‖².
 */
function totalSquaredLength(
  scale: ScaleMatrix,
  matrix: Expression,
  x: Expression,
  mean: Expression,
): Expression<0> {
  const columns = x.shape.at(-1)!;
  const rows = x.size / columns;
  if (x.values === undefined || matrix.rank > 2 || mean.rank > 1 || rows <= columns) {
    return sum(scale.squaredLengths(matrix, sub(x, mean)));
  }
  const statistics = rowStatistics(x.values, rows, columns);
  const factor = x.graph.constant(statistics.factor, [columns, columns]);
  const center = scale.squaredLengths(matrix, sub(statistics.mean, mean));
  return add(sum(square(scale.whiten(matrix, factor))), mul(rows, sum(center)));
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

/** Matrix normal distribution: rows and columns each with a covariance of their own. */
import {
  add,
  broadcastShapes,
  mul,
  neg,
  square,
  sub,
  sum,
  transpose,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { eachEvent } from '../transforms/eachEvent';
import { HALF_LOG_TWO_PI } from './constants';
import { Distribution } from './distribution';
import { normal } from './normal';
import { finite } from './requirement';
import { ScaleMatrix, type Spread } from './scaleMatrix';
import { realLine } from './support';

/**
 * −½ ‖A⁻¹(x − mean)B⁻ᵀ‖² − P log det A − N log det B − ½ N P log 2π for N×P matrices, A and B the Cholesky factors of the
 * covariances of rows and of columns. Elements xᵢⱼ and xₖₗ have the covariance rowsᵢₖ·columnsⱼₗ.
 *
 * @param mean [..., N, P], or one number for all elements; finite
 * @param spread `rows` [N, N] and `columns` [P, P], each as `covariance`, `precision` or `cholesky`
 * @throws RangeError when not exactly one matrix is given for each, or a plain parameter is out of range
 */
export function matrixNormal<M extends Operand>(
  mean: M,
  spread: { readonly rows: Spread; readonly columns: Spread },
): Distribution<MaxRank<RankOf<M>, 2>, 2> {
  const name = 'matrixNormal';
  const rows = ScaleMatrix.of(`${name}: rows`, spread.rows);
  const columns = ScaleMatrix.of(`${name}: columns`, spread.columns);
  const each = (
    x: Expression,
    operation: (x: Expression, rows: Expression, columns: Expression) => Expression,
  ): Expression =>
    eachEvent(
      [x, rows.parameter.value, columns.parameter.value].map((value) => ({
        value: x.graph.expression(value),
        eventRank: 2,
      })),
      operation,
    );
  const whiten = (x: Expression, a: Expression, b: Expression): Expression =>
    columns.whiten(b, transpose(rows.whiten(a, x)));
  return new Distribution({
    name,
    parameters: {
      mean: { value: mean, requirement: finite, eventRank: 2 },
      rows: rows.parameter,
      columns: columns.parameter,
    },
    support: realLine,
    eventRank: 2,
    eventShape: (graph) => {
      const order = (scale: ScaleMatrix): number =>
        scale.order(name, graph.expression(scale.parameter.value));
      const shape = [order(rows), order(columns)];
      const given = graph.expression(mean).shape;
      if (given.length > 0) broadcastShapes(`${name}: mean and matrices`, [given.slice(-2), shape]);
      return shape;
    },
    terms: (x) => {
      const [n, p] = x.shape.slice(-2);
      const { graph } = x;
      return [
        mul(
          -0.5,
          each(sub(x, mean), (value, a, b) => sum(square(whiten(value, a, b)))),
        ),
        neg(mul(p, rows.logDeterminant(graph.expression(rows.parameter.value)))),
        neg(mul(n, columns.logDeterminant(graph.expression(columns.parameter.value)))),
        -n * p * HALF_LOG_TWO_PI,
      ];
    },
    standardise: () => ({
      standard: normal(0, 1),
      place: (z) =>
        add(
          mean,
          each(z, (value, a, b) => transpose(columns.color(b, transpose(rows.color(a, value))))),
        ),
      standardize: (x) => each(sub(x, mean), (value, a, b) => transpose(whiten(value, a, b))),
    }),
  });
}

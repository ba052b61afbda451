/** Multivariate Student's t distribution by degrees of freedom, location and scale matrix. */
import {
  add,
  div,
  lgamma,
  log,
  log1p,
  mul,
  neg,
  sqrt,
  sub,
  type Expression,
  type MaxRank,
  type Operand,
  type RankOf,
} from '../expr';
import { LOG_PI } from './constants';
import { Distribution } from './distribution';
import { alongEvent } from './event';
import { vectorShape } from './multivariateNormal';
import { finite, strictlyPositive } from './requirement';
import { ScaleMatrix, type Spread, type SpreadRank } from './scaleMatrix';
import { realLine } from './support';

/**
 * log Γ((df + K)/2) − log Γ(df/2) − ½ K log(df π) − log det L − ½ (df + K)·log(1 + ‖L⁻¹(x − location)‖²/df) for vectors of K
 * elements, L the Cholesky factor of the scale matrix.
 *
 * @param df degrees of freedom, > 0, one number for each vector
 * @param location [..., K], or one number for all elements; finite
 * @param spread one of `scale` (not the covariance, which is scale·df/(df − 2)), its inverse `precision` and its factor
 *   `cholesky`, as for `multivariateNormal`
 * @throws RangeError when not exactly one matrix is given, or a plain parameter is out of range
 */
export function multivariateStudentT<
  D extends Operand,
  M extends Operand,
  const S extends Spread<Operand, 'scale'>,
>(df: D, location: M, spread: S): Distribution<MaxRank<RankOf<M>, SpreadRank<S>>, 1> {
  const name = 'multivariateStudentT';
  const scale = ScaleMatrix.of(name, spread, 'scale');
  return new Distribution({
    name,
    parameters: {
      df: { value: df, requirement: strictlyPositive },
      location: { value: location, requirement: finite, eventRank: 1 },
      [Object.keys(spread)[0]]: scale.parameter,
    },
    support: realLine,
    eventRank: 1,
    eventShape: (graph) => vectorShape(name, graph, location, scale),
    variate: (draw) => {
      const { graph, shape } = draw;
      const matrix = graph.expression(scale.parameter.value);
      const stretch = sqrt(div(df, draw.over(shape.slice(0, -1)).chiSquared(df)));
      return add(location, mul(alongEvent(stretch), scale.apply('color', matrix, draw.normal(0, 1))));
    },
    terms: (x) => {
      const matrix: Expression = x.graph.expression(scale.parameter.value);
      const length = x.shape.at(-1)!;
      const half = mul(0.5, add(df, length));
      return [
        neg(mul(half, log1p(div(scale.squaredLengths(matrix, sub(x, location)), df)))),
        sub(lgamma(half), lgamma(mul(0.5, df))),
        mul(-0.5 * length, log(df)),
        -0.5 * length * LOG_PI,
        neg(scale.logDeterminant(matrix)),
      ];
    },
  });
}

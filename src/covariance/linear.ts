/** Linear (dot product) covariance: that of Bayesian linear regression. */
import { add, matmul, mul, square, sub, transpose, type Expression, type Operand } from '../expr';
import { pointsOf, scaleOf, type Points } from './distance';
import { scalarOf } from './options';

export interface LinearOptions {
  /** Standard deviation of slopes, > 0: one for all coordinates, or a vector with one for each; 1 unless told. */
  readonly magnitude?: Operand;
  /** Standard deviation of the value at the centre; 0 unless told. */
  readonly bias?: Operand;
  /** Where all lines with bias 0 meet: a scalar or a vector with a coordinate each; 0 unless told. */
  readonly center?: Operand;
  /** Further points [m] or [m, coordinates]; the result is then [n, m], between the first points and these. */
  readonly other?: Operand;
}

/**
 * bias² + Σ_d magnitude_d²·(x_d − center_d)·(y_d − center_d) (Rasmussen & Williams 2006, §4.2.2).
 *
 * @param x points [n] or [n, coordinates]
 * @returns [n, n], or [n, m] with other points
 * @throws RangeError where shapes do not fit
 */
export function linearCovariance(x: Operand, options: LinearOptions = {}): Expression<2> {
  const points = pointsOf('linearCovariance', x, options.other);
  const { rows, others } = centred(points, options.center);
  const magnitude = scaleOf('linearCovariance', 'magnitude', options.magnitude ?? 1, points);
  const products =
    magnitude.rank === 0
      ? matmul(rows, transpose(others)).mul(square(magnitude))
      : matmul(mul(rows, square(magnitude)), transpose(others));
  if (options.bias === undefined) return products as Expression<2>;
  return add(products, square(scalarOf('linearCovariance', 'bias', options.bias, points))) as Expression<2>;
}

function centred(points: Points, center: Operand | undefined): Pick<Points, 'rows' | 'others'> {
  if (center === undefined) return points;
  const origin = scaleOf('linearCovariance', 'center', center, points);
  return { rows: sub(points.rows, origin), others: sub(points.others, origin) };
}

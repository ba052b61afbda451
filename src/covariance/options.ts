/** What covariance functions have in common. */
import { describeShape, square, type Expression, type Operand } from '../expr';
import { matrixOfPairs, type Points } from './distance';

export interface CovarianceOptions {
  /** Standard deviation of the process, > 0; 1 unless told. */
  readonly magnitude?: Operand;
  /** Further points [m] or [m, coordinates]; the result is then [n, m], between the first points and these. */
  readonly other?: Operand;
}

export interface ScaledOptions extends CovarianceOptions {
  /** Distance over which the process changes, > 0: one for all coordinates, or a vector with one for each. */
  readonly lengthScale: Operand;
}

/** A parameter that all points share. */
export function scalarOf(operation: string, name: string, value: Operand, points: Points): Expression {
  const scalar = points.rows.graph.expression(value);
  if (scalar.rank === 0) return scalar;
  throw new RangeError(`${operation}: expected ${name} to be a scalar, got ${describeShape(scalar.shape)}`);
}

/** The matrix of magnitude²·correlation, from a correlation of each pair. */
export function withMagnitude(
  operation: string,
  correlation: Expression,
  magnitude: Operand | undefined,
  points: Points,
): Expression<2> {
  if (magnitude === undefined) return matrixOfPairs(points, correlation);
  return matrixOfPairs(points, correlation.mul(square(scalarOf(operation, 'magnitude', magnitude, points))));
}

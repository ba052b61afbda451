/** Squared exponential (radial basis) covariance. */
import { exp, type Expression, type Operand } from '../expr';
import { pointsOf, scaledSquaredDistance, scaleOf } from './distance';
import { withMagnitude, type ScaledOptions } from './options';

/**
 * magnitude²·exp(−r²/2), r the distance in length scales (Rasmussen & Williams 2006, eq. 4.9).
 *
 * @param x points [n] or [n, coordinates]
 * @returns [n, n], or [n, m] with other points
 * @throws RangeError where shapes do not fit
 */
export function squaredExponential(x: Operand, options: ScaledOptions): Expression<2> {
  const points = pointsOf('squaredExponential', x, options.other);
  const scale = scaleOf('squaredExponential', 'lengthScale', options.lengthScale, points);
  const correlation = exp(scaledSquaredDistance(points, scale).mul(-0.5));
  return withMagnitude('squaredExponential', correlation, options.magnitude, points);
}

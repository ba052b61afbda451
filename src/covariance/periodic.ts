/** Periodic covariance. */
import { exp, reciprocal, sin, square, type Expression, type Operand } from '../expr';
import { pointsOf, scaledDistance } from './distance';
import { scalarOf, withMagnitude, type CovarianceOptions } from './options';

const PI = 3.141592653589793;

export interface PeriodicOptions extends CovarianceOptions {
  /** Distance after which the process repeats, > 0, a scalar. */
  readonly period: Operand;
  /** Smoothness within a period, > 0, a scalar without a unit. */
  readonly lengthScale: Operand;
}

/**
 * magnitude²·exp(−2·sin²(π·d/period)/lengthScale²), d the distance (MacKay 1998; Rasmussen & Williams 2006, eq. 4.31).
 *
 * @param x points [n] or [n, coordinates]
 * @returns [n, n], or [n, m] with other points
 * @throws RangeError where shapes do not fit
 */
export function periodicCovariance(x: Operand, options: PeriodicOptions): Expression<2> {
  const operation = 'periodicCovariance';
  const points = pointsOf(operation, x, options.other);
  const period = scalarOf(operation, 'period', options.period, points);
  const lengthScale = scalarOf(operation, 'lengthScale', options.lengthScale, points);
  const wave = sin(scaledDistance(points, period).mul(PI));
  const correlation = exp(square(wave).mul(square(reciprocal(lengthScale)).mul(-2)));
  return withMagnitude(operation, correlation, options.magnitude, points);
}

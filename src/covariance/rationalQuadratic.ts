/** Rational quadratic covariance. */
import { exp, log1p, type Expression, type Operand } from '../expr';
import { pointsOf, scaledSquaredDistance, scaleOf } from './distance';
import { scalarOf, withMagnitude, type ScaledOptions } from './options';

export interface RationalQuadraticOptions extends ScaledOptions {
  /** Weight of large against small length scales, > 0, a scalar; towards infinity, the squared exponential. */
  readonly shape: Operand;
}

/**
 * magnitude²·(1 + r²/(2·shape))^(−shape), r the distance in length scales (Rasmussen & Williams 2006, eq. 4.19): squared
 * exponentials of gamma-distributed length scales, mixed.
 *
 * @param x points [n] or [n, coordinates]
 * @returns [n, n], or [n, m] with other points
 * @throws RangeError where shapes do not fit
 */
export function rationalQuadratic(x: Operand, options: RationalQuadraticOptions): Expression<2> {
  const points = pointsOf('rationalQuadratic', x, options.other);
  const scale = scaleOf('rationalQuadratic', 'lengthScale', options.lengthScale, points);
  const shape = scalarOf('rationalQuadratic', 'shape', options.shape, points);
  const ratio = scaledSquaredDistance(points, scale).div(shape.mul(2));
  const correlation = exp(log1p(ratio).mul(shape.neg()));
  return withMagnitude('rationalQuadratic', correlation, options.magnitude, points);
}

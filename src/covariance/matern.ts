/** Matérn covariances of smoothness ½, 3/2 and 5/2. */
import { exp, type Expression, type Operand } from '../expr';
import { pointsOf, scaledDistance, scaleOf } from './distance';
import { withMagnitude, type ScaledOptions } from './options';

const ROOT_THREE = Math.sqrt(3);
const ROOT_FIVE = Math.sqrt(5);

/**
 * magnitude²·exp(−r), r the distance in length scales (Rasmussen & Williams 2006, eq. 4.14 with ν = ½): paths are
 * continuous, and no more.
 *
 * @param x points [n] or [n, coordinates]
 * @returns [n, n], or [n, m] with other points
 * @throws RangeError where shapes do not fit
 */
export function matern12(x: Operand, options: ScaledOptions): Expression<2> {
  return matern('matern12', x, options, (r) => exp(r.neg()));
}

/**
 * magnitude²·(1 + √3·r)·exp(−√3·r), r the distance in length scales (Rasmussen & Williams 2006, eq. 4.17): paths have
 * one derivative. Arguments as for {@link matern12}.
 */
export function matern32(x: Operand, options: ScaledOptions): Expression<2> {
  return matern('matern32', x, options, (distance) => {
    const r = distance.mul(ROOT_THREE);
    return r.add(1).mul(exp(r.neg()));
  });
}

/**
 * magnitude²·(1 + √5·r + 5r²/3)·exp(−√5·r), r the distance in length scales (Rasmussen & Williams 2006, eq. 4.17): paths
 * have two derivatives. Arguments as for {@link matern12}.
 */
export function matern52(x: Operand, options: ScaledOptions): Expression<2> {
  return matern('matern52', x, options, (distance) => {
    const r = distance.mul(ROOT_FIVE);
    return r.mul(r.div(3).add(1)).add(1).mul(exp(r.neg()));
  });
}

function matern(
  operation: string,
  x: Operand,
  options: ScaledOptions,
  correlation: (r: Expression) => Expression,
): Expression<2> {
  const points = pointsOf(operation, x, options.other);
  const r = scaledDistance(points, scaleOf(operation, 'lengthScale', options.lengthScale, points));
  return withMagnitude(operation, correlation(r), options.magnitude, points);
}

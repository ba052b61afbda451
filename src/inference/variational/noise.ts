/** The base noise of approximations that are expressions: independent standard normals. */

import { type Expression, square, sum } from '../../expr';

const HALF_LOG_TAU = 0.9189385332046728;

/** Log density of a vector of noise. */
export function logNoise(noise: Expression): Expression {
  return sum(square(noise))
    .mul(-0.5)
    .sub(noise.size * HALF_LOG_TAU) as Expression;
}

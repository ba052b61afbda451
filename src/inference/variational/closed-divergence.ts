/** KL(q ‖ prior) in closed form, where both are Gaussian. */

import { choleskyOf, squaredLength, timesLowerTransposed } from '../../matrix';
import type { Posterior } from '../../model';
import { gaussianPriorOf } from '../gaussian-prior';

/** Above this many dimensions the draws' estimate is good enough for its price: a closed form takes d³ operations. */
const MOST_DIMENSIONS = 300;
const LOG_TWO_PI = 1.8378770664093453;

/**
 * KL(N(location, covariance) ‖ prior) in nats, E_q[log q − log prior] of the prior as the model has it, so that it and the
 * expected log likelihood make the bound where the prior's integral is not one; undefined where the prior is not one
 * Gaussian over all unconstrained coordinates, or has more than 300 of them.
 *
 * @param location d values
 * @param covariance gives d² values, row-major
 * @param log that of the module, which is the same on every engine
 */
export async function divergenceFromPrior(
  posterior: Posterior,
  location: Float64Array,
  covariance: () => Float64Array,
  log: (x: number) => number,
): Promise<number | undefined> {
  const { length } = location;
  if (length > MOST_DIMENSIONS) return undefined;
  const prior = await gaussianPriorOf(posterior.targetOf(['prior', 'jacobian']));
  const scatter = covariance();
  const factor = choleskyOf(scatter, length);
  if (prior === undefined || factor === undefined) return undefined;
  const away = location.map((value, i) => value - prior.mean[i]);
  let scaled = squaredLength(timesLowerTransposed(prior.factor, away));
  prior.precision.forEach((value, i) => (scaled += value * scatter[i]));
  let logDeviations = 0;
  for (let i = 0; i < length; i++) logDeviations += log(factor[i * length + i]);
  return (scaled - length * (1 + LOG_TWO_PI)) / 2 - logDeviations - prior.height;
}

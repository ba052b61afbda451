/** Exact leave-one-out: the posterior sampled anew without each of some observations. */

import type { Posterior } from '../model';
import { logLikelihood } from './log-likelihood';
import { logPredictive } from './left-out';
import { type Refit, Rows } from './rows';

/**
 * log p(y_i | the others) of some observations, by their number.
 *
 * @throws RangeError where observations cannot be left out one at a time
 */
export async function leaveOut(
  method: string,
  posterior: Posterior,
  refit: Refit,
  observations: readonly number[],
  names?: readonly string[],
): Promise<Map<number, number>> {
  const rows = Rows.of(method, posterior, names);
  const result = new Map<number, number>();
  for (const i of observations) {
    const fit = await refit(rows.without([i % rows.count]));
    const likelihood = await logLikelihood(posterior, fit, names && { names });
    if (likelihood.observations % rows.count !== 0 || likelihood.layout.quantities.length !== 1) {
      throw new RangeError(`${method}: refits need one observed vector; choose it with names`);
    }
    result.set(i, logPredictive(likelihood.quantityDraws(i)));
  }
  return result;
}

/** The widely applicable information criterion. */

import { pool } from '../diagnostics/chains';
import { momentsOf } from '../diagnostics/moments';
import type { NamedDraws } from '../inference';
import type { Posterior } from '../model';
import { Elpd } from './elpd';
import { type LogLikelihood, logLikelihood, type LogLikelihoodOptions } from './log-likelihood';
import { logPredictive } from './left-out';

/** Above this an observation's variance makes WAIC doubtful (Vehtari, Gelman & Gabry 2017). */
const LARGEST_VARIANCE = 0.4;

/**
 * WAIC (Watanabe 2010): the log predictive density of what was seen, less the variance of its log likelihood. `loo` is
 * preferred, for it knows when it fails.
 *
 * @param posterior the conditioned model
 * @param fit its posterior draws
 * @throws RangeError for draws of another model, and for unknown names
 */
export async function waic(
  posterior: Posterior,
  fit: NamedDraws,
  options: LogLikelihoodOptions = {},
): Promise<Elpd> {
  return waicOf(await logLikelihood(posterior, fit, options));
}

/** WAIC from log likelihoods that are there already. */
export function waicOf(likelihood: LogLikelihood): Elpd {
  const { observations } = likelihood;
  const p = new Float64Array(observations);
  const elpd = new Float64Array(observations);
  for (let i = 0; i < observations; i++) {
    const chains = likelihood.quantityDraws(i);
    p[i] = momentsOf(pool(chains)).variance;
    elpd[i] = logPredictive(chains) - p[i];
  }
  const many = p.filter((value) => value > LARGEST_VARIANCE).length;
  const warnings =
    many === 0 ? [] : [`${many} of ${observations} observations have a variance above 0.4: use loo instead.`];
  return new Elpd({ method: 'WAIC', pointwise: { elpd, p }, warnings });
}

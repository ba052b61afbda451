/** Monte Carlo estimates with their standard errors. */

import { momentsOf } from '../../diagnostics/moments';
import type { Terms } from './optimisation';

/** A mean of independent draws, and its Monte Carlo standard error; in nats. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** The evidence lower bound, and its two terms where the density says which of its terms are likelihood. */
export interface Elbo extends Estimate {
  /** E_q[log p(D | θ)]. */
  readonly reconstruction?: Estimate;
  /** KL(q ‖ p(θ)), from the prior to the approximation; without error where both are Gaussian. */
  readonly divergence?: Estimate;
}

export function estimate(values: Float64Array): Estimate {
  const { mean: value, variance } = momentsOf(values);
  return { value, error: Math.sqrt(variance / values.length) };
}

/** log p(D, θ) − log q(θ) of each draw: its mean is the bound. */
export function logRatios({ logDensity, logApproximation }: Terms): Float64Array {
  return logDensity.map((value, draw) => value - logApproximation[draw]);
}

/**
 * The bound and its parts. Where KL(q ‖ prior) is known in closed form, one of the other two follows from the other, from
 * the one with the smaller error: log p(D, θ) − log q(θ) hardly varies where q is near the posterior.
 *
 * @param divergence KL(q ‖ prior), where it is known
 */
export function elboOf(terms: Terms, divergence?: number): Elbo {
  const { logDensity, logApproximation, logLikelihood } = terms;
  const bound = estimate(logRatios(terms));
  if (logLikelihood === undefined) return bound;
  const reconstruction = estimate(logLikelihood);
  if (divergence === undefined) {
    const ratios = logApproximation.map((value, draw) => value - (logDensity[draw] - logLikelihood[draw]));
    return { ...bound, reconstruction, divergence: estimate(ratios) };
  }
  const exact = { value: divergence, error: 0 };
  // Where draws have no density, the bound is −∞, and no error is a number.
  return bound.error > reconstruction.error
    ? { ...reconstruction, value: reconstruction.value - divergence, reconstruction, divergence: exact }
    : { ...bound, reconstruction: { ...bound, value: bound.value + divergence }, divergence: exact };
}

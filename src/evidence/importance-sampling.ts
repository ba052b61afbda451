/** Importance sampling: the evidence from an approximation's own draws. */

import { LARGEST_K } from '../diagnostics/pareto-smoothing';
import { Approximation } from '../inference/approximation';
import type { Posterior } from '../model';
import type { LogEvidence } from './log-evidence';
import { logMeanOf } from './log-mean';
import { requireProper } from './proper';

/**
 * Log evidence as the mean of the importance ratios p(data, θ)/q(θ) of an approximation's draws; the approximation
 * (`laplaceApproximation`, `variational`, `pathfinder`) should be at least as wide as the posterior.
 *
 * @param posterior the conditioned model, with proper priors
 * @param approximation draws of q, some thousands; of draws taken by importance (`pathfinder`, `resample`), those that
 *   they were taken from count
 * @throws TypeError for draws of no approximation; RangeError for improper priors (naming them), and where no draw has a finite density
 */
export function importanceSampling(posterior: Posterior, approximation: Approximation): LogEvidence {
  const warnings = requireProper('importanceSampling', posterior);
  if (!(approximation instanceof Approximation)) {
    throw new TypeError(
      'importanceSampling: needs draws whose density is known (laplaceApproximation, variational, pathfinder); ' +
        'bridgeSampling takes those of samplers',
    );
  }
  const { logDensities, logApproximations, paretoK } = approximation.resampledFrom ?? approximation;
  const ratios = logDensities.map((value, i) => value - logApproximations[i]);
  if (!ratios.some((ratio) => ratio > -Infinity)) {
    throw new RangeError('importanceSampling: no draw has a finite log density');
  }
  if (paretoK > LARGEST_K) {
    warnings.push(
      `The Pareto k of the importance ratios is ${paretoK.toFixed(2)}, above 0.7: a few draws decide the estimate, and its ` +
        'standard error is too small. Use bridgeSampling or sequentialMonteCarlo.',
    );
  }
  return { ...logMeanOf(ratios), method: 'importance sampling', warnings };
}

/** The evidence that other methods bring along: closed forms, Laplace, the evidence lower bound, particles. */

import { exact } from '../conjugate';
import { LARGEST_K } from '../diagnostics/pareto-smoothing';
import type { LaplaceApproximation, VariationalApproximation } from '../inference';
import type { Posterior } from '../model';
import type { ParticleFit } from '../tempering';
import type { LogEvidence } from './log-evidence';
import { logMeanOf } from './log-mean';
import { requireProper } from './proper';

/**
 * Log evidence of a model that has a closed form.
 *
 * @throws NotConjugate where it has none, saying why; RangeError for improper priors, naming them
 */
export function exactEvidence(posterior: Posterior): LogEvidence {
  requireProper('exactEvidence', posterior);
  return { estimate: exact(posterior).logEvidence, standardError: 0, method: 'exact', warnings: [] };
}

/**
 * Log evidence of the Laplace approximation: log p(data, mode) + (d/2) log 2π − ½ log |H| in the unconstrained space.
 * Exact where the unconstrained posterior is normal; how wrong otherwise no standard error can say. Of several modes it
 * counts the one that was found: of m alike the evidence is m times as large, log m more.
 *
 * @param approximation what `laplaceApproximation` made of the posterior
 * @throws RangeError for improper priors, naming them
 */
export function laplaceEvidence(posterior: Posterior, approximation: LaplaceApproximation): LogEvidence {
  const warnings = requireProper('laplaceEvidence', posterior);
  if (approximation.drawsPerChain > 0 && approximation.paretoK > LARGEST_K) {
    warnings.push(
      `The Pareto k of the approximation is ${approximation.paretoK.toFixed(2)}, above 0.7: the posterior is not like a ` +
        'normal distribution.',
    );
  }
  return {
    estimate: approximation.logEvidence,
    standardError: 0,
    method: 'Laplace',
    warnings: [...warnings, ...approximation.warnings],
  };
}

/**
 * The evidence lower bound of variational inference: log p(data) is at least this, up to its standard error; the gap is
 * KL(q ‖ posterior).
 *
 * @param approximation what `variational` made of the posterior
 * @throws RangeError for improper priors, naming them
 */
export function elboEvidence(posterior: Posterior, approximation: VariationalApproximation): LogEvidence {
  const warnings = requireProper('elboEvidence', posterior);
  const { value, error: standardError } = approximation.elbo;
  const bound = 'This is a lower bound: the evidence is larger by KL(q ‖ posterior), which is not known.';
  return { estimate: value, standardError, method: 'ELBO', warnings: [bound, ...warnings] };
}

/**
 * Log evidence of sequential Monte Carlo: the log of the mean of the runs' estimates, which are unbiased; the standard
 * error comes from their spread.
 *
 * @param fit what `sequentialMonteCarlo` made of the posterior; two runs at least
 * @throws RangeError for improper priors, naming them, and for a single run
 */
export function particleEvidence(posterior: Posterior, fit: ParticleFit): LogEvidence {
  const warnings = requireProper('particleEvidence', posterior);
  const { logEvidences } = fit;
  const runs = logEvidences.length;
  if (runs < 2) throw new RangeError('particleEvidence: needs two runs or more (chains), got 1');
  const { estimate, standardError } = logMeanOf(Float64Array.from(logEvidences));
  if (standardError > 0.3) {
    warnings.push(`The runs differ (standard error ${standardError.toFixed(2)}): take more particles.`);
  }
  return { estimate, standardError, method: 'sequential Monte Carlo', warnings };
}

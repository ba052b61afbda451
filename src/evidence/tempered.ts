/** The evidence from the levels between prior and posterior: stepping stones, and thermodynamic integration. */

import { mcseMean } from '../diagnostics';
import type { Posterior } from '../model';
import type { TemperedFit } from '../tempering';
import type { LogEvidence } from './log-evidence';
import { requireProper } from './proper';

/** Standard error of a stone above which it is doubtful. */
const DOUBTFUL = 0.3;

/**
 * Log evidence by stepping stones (Xie, Lewis, Fan, Kuo & Chen 2011): Σ log E_k[p(data | θ)^(β_{k+1} − β_k)] over the
 * levels of parallel tempering.
 *
 * @param posterior the conditioned model, with proper priors
 * @param fit what `parallelTempering` made of it
 * @throws RangeError for improper priors (naming them), and for levels that do not begin at the prior
 */
export function steppingStones(posterior: Posterior, fit: TemperedFit): LogEvidence {
  const warnings = prepare('steppingStones', posterior, fit);
  let estimate = 0;
  let squared = 0;
  for (let level = 0; level + 1 < fit.weights.length; level++) {
    const step = fit.weights[level + 1] - fit.weights[level];
    const gains = fit.gains(level);
    const top = gains.reduce((most, chain) => chain.reduce((m, x) => Math.max(m, x), most), -Infinity);
    const ratios = gains.map((chain) => chain.map((gain) => Math.exp(step * (gain - top))));
    const mean = meanOf(ratios);
    estimate += Math.log(mean) + step * top;
    const relative = mcseMean(ratios) / mean;
    if (!(relative < DOUBTFUL)) {
      warnings.push(
        `The step from weight ${fit.weights[level].toPrecision(2)} is too far: use more levels, or draw more.`,
      );
    }
    squared += relative * relative;
  }
  return { estimate, standardError: Math.sqrt(squared), method: 'stepping stones', warnings };
}

/**
 * Log evidence by thermodynamic integration: ∫₀¹ E_β[log p(data | θ)] dβ, by the trapezoidal rule corrected with the
 * variances (Friel, Hurn & Wyse 2014).
 *
 * @param posterior the conditioned model, with proper priors
 * @param fit what `parallelTempering` made of it; its levels must be close enough together for the rule
 * @throws RangeError for improper priors (naming them), for levels that do not begin at the prior, and where a prior draw
 *   has the likelihood 0, whose logarithm has no mean
 */
export function thermodynamicIntegration(posterior: Posterior, fit: TemperedFit): LogEvidence {
  const warnings = prepare('thermodynamicIntegration', posterior, fit);
  const levels = fit.weights.map((_, level) => {
    const gains = fit.gains(level);
    const mean = meanOf(gains);
    if (!Number.isFinite(mean)) {
      throw new RangeError(
        'thermodynamicIntegration: some draws of the prior have the likelihood 0; use steppingStones',
      );
    }
    const variance = meanOf(gains.map((chain) => chain.map((gain) => (gain - mean) ** 2)));
    return { mean, variance, error: mcseMean(gains) };
  });
  let estimate = 0;
  let plain = 0;
  let squared = 0;
  fit.weights.forEach((weight, k) => {
    // Each level counts with half the way to both its neighbours.
    const before = k === 0 ? 0 : weight - fit.weights[k - 1];
    const after = k + 1 === fit.weights.length ? 0 : fit.weights[k + 1] - weight;
    plain += ((before + after) / 2) * levels[k].mean;
    estimate += ((before + after) / 2) * levels[k].mean;
    estimate -= ((before * before - after * after) / 12) * levels[k].variance;
    squared += (((before + after) / 2) * levels[k].error) ** 2;
  });
  const standardError = Math.sqrt(squared);
  if (Math.abs(estimate - plain) > Math.max(1, 3 * standardError)) {
    warnings.push(
      `The levels are far apart for an integral: with and without its correction the rule differs by ` +
        `${Math.abs(estimate - plain).toFixed(1)}. Use more levels, or steppingStones.`,
    );
  }
  return { estimate, standardError, method: 'thermodynamic integration', warnings };
}

function prepare(method: string, posterior: Posterior, fit: TemperedFit): string[] {
  const warnings = requireProper(method, posterior);
  if (fit.weights[0] !== 0) {
    throw new RangeError(`${method}: the levels must begin at the prior, weight 0, got ${fit.weights[0]}`);
  }
  return warnings;
}

function meanOf(chains: readonly Float64Array[]): number {
  let sum = 0;
  let count = 0;
  for (const chain of chains) {
    for (const value of chain) sum += value;
    count += chain.length;
  }
  return sum / count;
}

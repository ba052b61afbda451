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
 * variances (Friel, Hurn & Wyse 2014). The standard error counts the error of the rule too, by what it is with half the
 * levels.
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
  const all = [...levels.keys()];
  const { corrected, plain, error } = integrate(fit.weights, levels, all);
  const last = levels.length - 1;
  // The corrected rule's error falls with the fourth power of the distance of the levels.
  const sparse = integrate(
    fit.weights,
    levels,
    all.filter((k) => k % 2 === 0 || k === last),
  );
  const ofRule = last > 1 ? Math.abs(corrected - sparse.corrected) / 15 : Math.abs(corrected - plain);
  if (Math.abs(corrected - plain) > Math.max(1, 3 * error) || ofRule > DOUBTFUL) {
    warnings.push(
      `The levels are far apart for an integral: with and without its correction the rule differs by ` +
        `${Math.abs(corrected - plain).toFixed(1)}. Use more levels, or steppingStones.`,
    );
  }
  return {
    estimate: corrected,
    standardError: Math.hypot(error, ofRule),
    method: 'thermodynamic integration',
    warnings,
  };
}

interface Level {
  readonly mean: number;
  readonly variance: number;
  /** Monte Carlo error of the mean. */
  readonly error: number;
}

/** The trapezoidal rule over some of the levels, with and without its correction, and its Monte Carlo error. */
function integrate(
  weights: readonly number[],
  levels: readonly Level[],
  chosen: readonly number[],
): { readonly corrected: number; readonly plain: number; readonly error: number } {
  let plain = 0;
  let correction = 0;
  let squared = 0;
  chosen.forEach((k, i) => {
    // Each level counts with half the way to both its neighbours.
    const before = i === 0 ? 0 : weights[k] - weights[chosen[i - 1]];
    const after = i + 1 === chosen.length ? 0 : weights[chosen[i + 1]] - weights[k];
    plain += ((before + after) / 2) * levels[k].mean;
    correction -= ((before * before - after * after) / 12) * levels[k].variance;
    squared += (((before + after) / 2) * levels[k].error) ** 2;
  });
  return { corrected: plain + correction, plain, error: Math.sqrt(squared) };
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

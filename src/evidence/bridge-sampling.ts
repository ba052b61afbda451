/** Bridge sampling: the evidence from posterior draws and draws of a Gaussian fitted to them. */

import { requireInteger } from '../arguments';
import { essMean } from '../diagnostics';
import { mean, momentsOf } from '../diagnostics/moments';
import type { NamedDraws } from '../inference';
import { requireContinuous } from '../inference/continuous';
import { Unconstrained } from '../inference/positions';
import type { Posterior } from '../model';
import { requireKnownOptions } from '../model/known-options';
import { random } from '../random';
import { FittedGaussian } from './gaussian';
import type { LogEvidence } from './log-evidence';
import { requireProper } from './proper';

export interface BridgeSamplingOptions {
  /** Seed of the Gaussian's draws, an integer in [0, 2⁵³); default 0. */
  readonly seed?: number;
  /** Relative change of the evidence at which the iteration ends; default 1e-10. */
  readonly tolerance?: number;
  /** Most iterations; default 1000. */
  readonly maxIterations?: number;
}

/** Relative error of the evidence above which its estimate is doubtful. */
const DOUBTFUL = 0.3;
/** Draws of a chain of whose second half there is an effective sample size. */
const LEAST_DRAWS = 8;

/**
 * Log evidence by bridge sampling in the unconstrained space (Meng & Wong 1996; Gronau et al. 2017): the first half of
 * each chain fits a Gaussian proposal, the second half meets it; the standard error is that of Frühwirth-Schnatter (2004)
 * with the autocorrelation of the draws.
 *
 * @param posterior the conditioned model, with proper priors
 * @param fit its posterior draws, by `nuts` or another sampler; all parameters kept, some thousands of draws
 * @throws RangeError for improper priors (naming them), foreign draws, too few draws, options that make no sense
 */
export async function bridgeSampling(
  posterior: Posterior,
  fit: NamedDraws,
  options: BridgeSamplingOptions = {},
): Promise<LogEvidence> {
  requireKnownOptions('bridgeSampling', options, ['seed', 'tolerance', 'maxIterations']);
  const { seed = 0, tolerance = 1e-10, maxIterations = 1000 } = options;
  requireContinuous('bridgeSampling', posterior);
  const warnings = requireProper('bridgeSampling', posterior);
  if (!(tolerance > 0)) throw new RangeError(`bridgeSampling: tolerance must be > 0, got ${tolerance}`);
  requireInteger('bridgeSampling', 'maxIterations', maxIterations, 1);
  const space = await Unconstrained.of(posterior);
  const { dimension } = space;
  const positions = space.positionsOf('bridgeSampling', fit);
  const length = fit.drawsPerChain;
  const chains = positions.length / (length * dimension);
  const half = Math.floor(length / 2);
  const part = (from: number, to: number): Float64Array => {
    const result = new Float64Array(chains * (to - from) * dimension);
    for (let chain = 0; chain < chains; chain++) {
      const start = chain * length * dimension;
      result.set(
        positions.subarray(start + from * dimension, start + to * dimension),
        chain * (to - from) * dimension,
      );
    }
    return result;
  };
  const least = Math.max(LEAST_DRAWS, 2 * Math.ceil((2 * (dimension + 1)) / chains));
  if (length < least) {
    throw new RangeError(
      `bridgeSampling: needs at least ${least} draws of each of the ${chains} chains in ${dimension} dimensions, got ${length}`,
    );
  }
  const gaussian = FittedGaussian.fit(part(0, half), dimension);
  if (gaussian === undefined) {
    throw new RangeError('bridgeSampling: the covariance of the draws is singular; draw more');
  }
  const posteriorDraws = part(half, length);
  const proposed = gaussian.sample(await random(seed), posteriorDraws.length / dimension);
  // log (posterior density / proposal density) of both kinds of draws
  const ratio = (at: Float64Array): Float64Array => {
    const proposal = gaussian.logDensities(at);
    return space.logDensities(at).map((value, i) => value - proposal[i]);
  };
  const ratios = { posterior: ratio(posteriorDraws), proposal: ratio(proposed) };
  const perChain = length - half;
  return meet(ratios, chains, perChain, warnings, { tolerance, maxIterations });
}

interface Ratios {
  readonly posterior: Float64Array;
  readonly proposal: Float64Array;
}

/** The fixed point of the optimal bridge. */
function meet(
  { posterior, proposal }: Ratios,
  chains: number,
  perChain: number,
  warnings: string[],
  { tolerance, maxIterations }: { tolerance: number; maxIterations: number },
): LogEvidence {
  const centre = [...posterior].sort((a, b) => a - b)[posterior.length >> 1];
  const inChains = (values: Float64Array): Float64Array[] =>
    Array.from({ length: chains }, (_, c) => values.subarray(c * perChain, (c + 1) * perChain));
  const effective = Math.min(posterior.length, essMean(inChains(posterior)));
  const share = effective / (effective + proposal.length);
  const a = posterior.map((l) => Math.exp(l - centre));
  const b = proposal.map((l) => Math.exp(l - centre));
  let r = 1;
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    const above = mean(b.map((x) => x / (share * x + (1 - share) * r)));
    const below = mean(a.map((x) => 1 / (share * x + (1 - share) * r)));
    const next = above / below;
    const change = Math.abs(next - r) / next;
    r = next;
    if (change < tolerance || !(r > 0 && r < Infinity)) break;
  }
  if (iterations === maxIterations || !(r > 0 && r < Infinity)) {
    warnings.push('The iteration of the bridge did not converge: posterior and proposal hardly overlap.');
  }
  // Relative mean squared error (Frühwirth-Schnatter 2004, eq. 17), densities relative to the evidence.
  const first = b.map((x) => x / r / ((share * x) / r + 1 - share));
  const second = a.map((x) => 1 / ((share * x) / r + 1 - share));
  const correlated = posterior.length / Math.min(posterior.length, essMean(inChains(second)));
  const relative = (values: Float64Array): number => {
    const { mean, variance } = momentsOf(values);
    return variance / mean ** 2 / values.length;
  };
  const squared = relative(first) + correlated * relative(second);
  const standardError = Math.sqrt(squared);
  if (!(standardError < DOUBTFUL)) {
    warnings.push(
      `The standard error of ${standardError.toFixed(2)} is large: draw more, or use sequentialMonteCarlo.`,
    );
  }
  return { estimate: Math.log(r) + centre, standardError, method: 'bridge sampling', warnings };
}

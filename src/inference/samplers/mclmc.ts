/** Microcanonical Langevin Monte Carlo. */

import { type FullExports, loadFullModule } from '../../backend/wasm';
import { requireContinuous } from '../continuous';
import type { Fit } from '../fit';
import { OptionReader, type SamplerOptions } from '../options';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import { sample } from '../sample';

export interface MclmcOptions extends Omit<SamplerOptions, 'metric'> {
  /**
   * Whether trajectories are accepted or rejected, so that draws have no bias; default false: the bias is held down by
   * `energyVariance`, and dimensions count for nothing.
   */
  readonly adjusted?: boolean;
  /**
   * Length over which the direction of motion is forgotten, in units of the metric's standard deviations; default √d. A
   * transition is one such length.
   */
  readonly trajectoryLength?: number;
  /**
   * Unadjusted: wanted variance of the energy error, per step and dimension; default 5e-4. A smaller one gives smaller
   * steps and less bias.
   */
  readonly energyVariance?: number;
  /** Adjusted: mean acceptance that warm-up aims at, in (0, 1); default 0.9. */
  readonly targetAcceptance?: number;
  /** What is learnt of the posterior's scales: a variance per dimension (default), or nothing. */
  readonly metric?: 'diagonal' | 'unit';
}

/** Bytes of the sampler's own state beside the velocity. */
const STATE_BYTES = 96;

/**
 * Draws from a posterior in two or more dimensions by microcanonical Langevin dynamics with the minimal-norm integrator
 * (Robnik, De Luca, Silverstein & Seljak 2023; adjusted: Robnik, Cohn-Gordon & Seljak 2025). Unadjusted draws are biased
 * by the step size: docs/samplers.md shows by how much.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense, and in one dimension
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function mclmc<R extends Ranks>(
  posterior: Samplable<R>,
  options: MclmcOptions = {},
): Promise<Fit<R>> {
  requireContinuous('mclmc', posterior);
  const { dimension } = targetOf(posterior);
  const own = ['adjusted', 'trajectoryLength', 'energyVariance'];
  const reader = new OptionReader('mclmc', options, own);
  const adjusted = reader.flag('adjusted', false);
  if (dimension < 2) throw new RangeError('mclmc: the posterior must have at least 2 dimensions, got 1');
  if (adjusted && reader.has('energyVariance')) {
    throw new TypeError(
      'mclmc: energyVariance is for adjusted: false; with adjusted: true give targetAcceptance',
    );
  }
  if (!adjusted && reader.has('targetAcceptance')) {
    throw new TypeError('mclmc: targetAcceptance is for adjusted: true; otherwise give energyVariance');
  }
  const common = {
    ...reader.common(),
    metric: reader.choice('metric', 'diagonal', ['diagonal', 'unit']),
    targetAcceptance: reader.between('targetAcceptance', 0.9, 0, 1),
  };
  const trajectoryLength = reader.has('trajectoryLength') ? reader.between('trajectoryLength', 1, 0) : 0;
  const energyVariance = reader.between('energyVariance', 5e-4, 0);
  const algorithm = {
    kind: adjusted ? 'adjusted-mclmc' : 'mclmc',
    trajectoryLength,
    energyVariance,
    extraBytes: STATE_BYTES + 8 * (dimension + 8),
  } as const;
  return sample<R, FullExports>(posterior, { ...common, algorithm }, reader.run(common), {
    load: loadFullModule,
    configure: (exports, chain) =>
      exports.configureMclmc(chain, adjusted ? 1 : 0, trajectoryLength, energyVariance),
  });
}

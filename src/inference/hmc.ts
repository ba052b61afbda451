/** Hamiltonian Monte Carlo with trajectories of a fixed length. */

import { type Exports, moduleFor } from '../backend/wasm';
import { requireContinuous } from './continuous';
import type { Fit } from './fit';
import { type HamiltonianOptions, OptionReader } from './options';
import type { Ranks, Samplable } from './posterior';
import { sample, type SamplerKernel } from './sample';
import type { Algorithm, Metric } from './settings';

/** π/2. */
const QUARTER_TURN = 1.5707963267948966;

export interface HmcOptions extends HamiltonianOptions {
  /** Leapfrog steps per trajectory; by default as many as fill `integrationTime`. */
  readonly steps?: number;
  /**
   * Length of a trajectory, in units of the metric's standard deviations; default π/2, a quarter turn of a
   * Gaussian.
   */
  readonly integrationTime?: number;
  /** Most steps that `integrationTime` may take, however small they are; default 1024. */
  readonly maxSteps?: number;
  /**
   * Each transition's step size is drawn uniformly from its nominal value × (1 ± jitter), in [0, 1); default
   * 0.2.
   */
  readonly jitter?: number;
}

/**
 * Draws from a posterior with static HMC (Duane et al. 1987) and the warm-up of `nuts`.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function hmc<R extends Ranks>(
  posterior: Samplable<R>,
  options: HmcOptions = {},
): Promise<Fit<R>> {
  requireContinuous('hmc', posterior);
  const reader = new OptionReader('hmc', options, [
    'steps',
    'integrationTime',
    'maxSteps',
    'jitter',
    'metricAdaptation',
  ]);
  const common = reader.hamiltonian();
  if (reader.has('steps') && reader.has('integrationTime')) {
    throw new TypeError('hmc: give steps or integrationTime, not both');
  }
  const algorithm = {
    kind: 'hmc',
    steps: reader.has('steps') ? reader.integer('steps', 1, 1) : 0,
    integrationTime: reader.between('integrationTime', QUARTER_TURN, 0),
    maxSteps: reader.integer('maxSteps', 1024, 1),
    jitter: reader.fraction('jitter', 0.2),
  } as const;
  return sample(posterior, { ...common, algorithm }, reader.run(common), hmcKernel(algorithm, common.metric));
}

/** Static HMC as the module has it. */
export function hmcKernel(
  { steps, integrationTime, maxSteps, jitter }: Omit<Extract<Algorithm, { kind: 'hmc' }>, 'kind'>,
  metric?: Metric,
): SamplerKernel<Exports> {
  return {
    load: (density) => moduleFor(density, metric === 'low-rank'),
    configure: (exports, chain) => exports.configureHmc(chain, steps, integrationTime, maxSteps, jitter),
  };
}

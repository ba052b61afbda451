/** The no-U-turn sampler. */

import { type Exports, moduleFor } from '../backend/wasm';
import { requireContinuous } from './continuous';
import type { Fit } from './fit';
import { type HamiltonianOptions, OptionReader } from './options';
import type { Ranks, Samplable } from './posterior';
import { sample, type SamplerKernel } from './sample';
import type { Metric } from './settings';

export interface NutsOptions extends HamiltonianOptions {
  /** Trajectories have at most 2^maxTreeDepth leapfrog steps; 1 to 20, default 10. */
  readonly maxTreeDepth?: number;
  /** Each transition's step size is drawn uniformly from its nominal value × (1 ± jitter), in [0, 1); default 0. */
  readonly jitter?: number;
}

/**
 * Draws from a posterior with multinomial NUTS (Hoffman & Gelman 2014; Betancourt 2017) and a metric that is learnt
 * from draws and their gradients (Seyboldt, Carlson & Carpenter 2026). The same seed gives the same draws whatever the number of workers, on every machine.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function nuts<R extends Ranks>(
  posterior: Samplable<R>,
  options: NutsOptions = {},
): Promise<Fit<R>> {
  requireContinuous('nuts', posterior);
  const reader = new OptionReader('nuts', options, ['maxTreeDepth', 'jitter', 'metricAdaptation']);
  const common = reader.hamiltonian();
  const maxTreeDepth = reader.integer('maxTreeDepth', 10, 1, 20);
  const jitter = reader.fraction('jitter', 0);
  const settings = { ...common, algorithm: { kind: 'nuts', maxTreeDepth, jitter } } as const;
  return sample(posterior, settings, reader.run(common), nutsKernel(maxTreeDepth, jitter, common.metric));
}

/** NUTS as the module has it; trajectories have at most 2^maxTreeDepth steps. */
export function nutsKernel(maxTreeDepth: number, jitter = 0, metric?: Metric): SamplerKernel<Exports> {
  return {
    load: (density) => moduleFor(density, metric === 'low-rank'),
    configure: (exports, chain) => exports.configureNuts(chain, maxTreeDepth, jitter),
  };
}

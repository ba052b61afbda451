/** The no-U-turn sampler. */

import { type Exports, moduleFor } from '../backend/wasm';
import type { Fit } from './fit';
import { OptionReader, type SamplerOptions } from './options';
import type { Ranks, Samplable } from './posterior';
import { sample, type SamplerKernel } from './sample';

export interface NutsOptions extends SamplerOptions {
  /** Trajectories have at most 2^maxTreeDepth leapfrog steps; 1 to 20, default 10. */
  readonly maxTreeDepth?: number;
}

/**
 * Draws from a posterior with multinomial NUTS (Hoffman & Gelman 2014; Betancourt 2017) and Stan's windowed
 * warm-up. The same seed gives the same draws whatever the number of workers, on every machine.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function nuts<R extends Ranks>(
  posterior: Samplable<R>,
  options: NutsOptions = {},
): Promise<Fit<R>> {
  const reader = new OptionReader('nuts', options, ['maxTreeDepth']);
  const common = reader.common();
  const maxTreeDepth = reader.integer('maxTreeDepth', 10, 1, 20);
  const settings = { ...common, algorithm: { kind: 'nuts', maxTreeDepth } } as const;
  return sample(posterior, settings, reader.run(common), nutsKernel(maxTreeDepth));
}

/** NUTS as the module has it; trajectories have at most 2^maxTreeDepth steps. */
export function nutsKernel(maxTreeDepth: number): SamplerKernel<Exports> {
  return { load: moduleFor, configure: (exports, chain) => exports.configureNuts(chain, maxTreeDepth) };
}

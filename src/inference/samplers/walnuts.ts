/** The no-U-turn sampler with steps that are divided where they need it. */

import { type FullExports, loadFullModule } from '../../backend/wasm';
import { requireContinuous } from '../continuous';
import type { Fit } from '../fit';
import type { NutsOptions } from '../nuts';
import { OptionReader } from '../options';
import type { Ranks, Samplable } from '../posterior';
import { sample } from '../sample';

export interface WalnutsOptions extends NutsOptions {
  /** Largest range of the energy along a step, beyond which it is divided; default 1.5. Smaller: more gradients a step. */
  readonly maxEnergyError?: number;
  /** Steps are divided into at most 2^maxStepHalvings leapfrogs, 0 to 20; default 10. */
  readonly maxStepHalvings?: number;
  /** Mean of exp(−|energy error|) of undivided steps that warm-up aims at, in (0, 1); default 0.8. */
  readonly targetAcceptance?: number;
}

/** Bytes of `Tolerance` in assembly/samplers/walnuts-step.ts. */
const STATE_BYTES = 16;

/**
 * Draws from a posterior with WALNUTS (Bou-Rabee, Carpenter, Kleppe & Liu 2025, arXiv 2506.18746): NUTS whose steps are
 * divided where the posterior is narrow, so that funnels are sampled to their necks. Warm-up and metric are those of `nuts`,
 * and so is the cost where one step size is right everywhere.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function walnuts<R extends Ranks>(
  posterior: Samplable<R>,
  options: WalnutsOptions = {},
): Promise<Fit<R>> {
  requireContinuous('walnuts', posterior);
  const own = ['maxTreeDepth', 'jitter', 'metricAdaptation', 'maxEnergyError', 'maxStepHalvings'];
  const reader = new OptionReader('walnuts', options, own);
  const common = reader.hamiltonian();
  const algorithm = {
    kind: 'walnuts',
    maxTreeDepth: reader.integer('maxTreeDepth', 10, 1, 20),
    jitter: reader.fraction('jitter', 0),
    maxEnergyError: reader.between('maxEnergyError', 1.5, 0),
    maxStepHalvings: reader.integer('maxStepHalvings', 10, 0, 20),
    extraBytes: STATE_BYTES,
  } as const;
  const { maxTreeDepth, jitter, maxEnergyError, maxStepHalvings } = algorithm;
  return sample<R, FullExports>(posterior, { ...common, algorithm }, reader.run(common), {
    load: loadFullModule,
    configure: (exports, chain) =>
      exports.configureWalnuts(chain, maxTreeDepth, jitter, maxEnergyError, maxStepHalvings),
  });
}

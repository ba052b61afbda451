/** Elliptical slice sampling. */

import { type FullExports, loadFullModule } from '../../backend/wasm';
import type { Posterior } from '../../model';
import type { Fit } from '../fit';
import { OptionReader, type SamplerOptions } from '../options';
import type { Ranks } from '../posterior';
import { sample } from '../sample';
import { gaussianPriorOf } from './gaussian-prior';
import { giveRoot } from './root';

/** Options of `ellipticalSlice`; there is nothing to adapt, and warm-up only forgets the start. */
export type EllipticalSliceOptions = Omit<SamplerOptions, 'metric' | 'targetAcceptance' | 'stepSize'>;

/**
 * Draws from the posterior of a model whose parameters have one Gaussian prior, such as a Gaussian process with known
 * hyperparameters, by elliptical slice sampling (Murray, Adams & MacKay 2010). No gradient, no tuning, no rejections.
 *
 * @param posterior a conditioned model
 * @throws RangeError when the prior is not one Gaussian over all unconstrained coordinates
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function ellipticalSlice<Q extends Ranks>(
  posterior: Posterior<Q>,
  options: EllipticalSliceOptions = {},
): Promise<Fit<Q>> {
  const reader = new OptionReader('ellipticalSlice', options, [], ['metric', 'targetAcceptance', 'stepSize']);
  const prior = await gaussianPriorOf(posterior.targetOf(['prior', 'jacobian']));
  const common = { ...reader.common(), metric: 'dense' } as const;
  const algorithm = { kind: 'elliptical-slice', extraBytes: 8 * (posterior.dimension + 4) } as const;
  return sample<Q, FullExports>(
    { target: posterior.valueTarget },
    { ...common, algorithm },
    reader.run(common),
    {
      load: loadFullModule,
      configure: (exports, chain, instance) => {
        const mean = exports.configureEllipticalSlice(chain);
        instance.view(mean, prior.mean.length).set(prior.mean);
        giveRoot(instance, chain, prior.root);
      },
    },
  );
}

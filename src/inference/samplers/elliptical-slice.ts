/** Elliptical slice sampling. */

import { type FullExports, loadFullModule } from '../../backend/wasm';
import type { Posterior } from '../../model';
import { choleskyOf, inverseOf } from '../../matrix';
import { requireContinuous } from '../continuous';
import type { Fit } from '../fit';
import { gaussianPriorOf } from '../gaussian-prior';
import { OptionReader, type SamplerOptions } from '../options';
import type { Ranks } from '../posterior';
import { sample } from '../sample';
import { giveRoot } from './root';
import { withoutGradient } from './target';

/** Options of `ellipticalSlice`; there is nothing to adapt, and warm-up only forgets the start. */
export type EllipticalSliceOptions = Omit<SamplerOptions, 'metric' | 'targetAcceptance' | 'stepSize'>;

/** Above this many dimensions the covariance is too large to be kept. */
const MOST_DIMENSIONS = 4000;

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
  requireContinuous('ellipticalSlice', posterior);
  const reader = new OptionReader('ellipticalSlice', options, [], ['metric', 'targetAcceptance', 'stepSize']);
  const { mean, root } = await priorOf(posterior);
  const common = { ...reader.common(), metric: 'dense' } as const;
  const algorithm = { kind: 'elliptical-slice', extraBytes: 8 * (posterior.dimension + 4) } as const;
  return sample<Q, FullExports>(withoutGradient(posterior), { ...common, algorithm }, reader.run(common), {
    load: loadFullModule,
    configure: (exports, chain, instance) => {
      const place = exports.configureEllipticalSlice(chain);
      instance.view(place, mean.length).set(mean);
      giveRoot(instance, chain, root);
    },
  });
}

/** Mean, and lower Cholesky factor of the covariance. */
async function priorOf(posterior: Posterior): Promise<{ mean: Float64Array; root: Float64Array }> {
  const { dimension } = posterior;
  if (dimension > MOST_DIMENSIONS) {
    throw new RangeError(`ellipticalSlice: at most ${MOST_DIMENSIONS} dimensions, got ${dimension}`);
  }
  const prior = await gaussianPriorOf(posterior.targetOf(['prior', 'jacobian']));
  const root = prior && choleskyOf(inverseOf(prior.factor, dimension), dimension);
  if (root === undefined) {
    throw new RangeError(
      'ellipticalSlice: the prior must be one proper Gaussian over all parameters, with constant means and scales; keep other ' +
        'parameters fixed as data, or use nuts',
    );
  }
  return { mean: prior!.mean, root };
}

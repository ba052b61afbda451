/** Slice sampling. */

import type { FullExports } from '../../backend/wasm';
import { loadFullModule } from '../../backend/wasm';
import { requireContinuous } from '../continuous';
import type { Fit } from '../fit';
import { OptionReader, type SamplerOptions } from '../options';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import { sample } from '../sample';
import { withoutGradient } from './target';

/** Options of `sliceSampling`: those of all samplers; `stepSize` is the first width of the intervals, default 1. */
export type SliceSamplingOptions = Omit<SamplerOptions, 'metric' | 'targetAcceptance'>;

/**
 * Draws from a posterior by univariate slice sampling with stepping out and shrinkage (Neal 2003, §4), one coordinate of
 * the unconstrained space after another; a transition updates them all. Needs no gradient; widths are learnt in warm-up.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function sliceSampling<R extends Ranks>(
  posterior: Samplable<R>,
  options: SliceSamplingOptions = {},
): Promise<Fit<R>> {
  requireContinuous('sliceSampling', posterior);
  const reader = new OptionReader('sliceSampling', options, [], ['metric', 'targetAcceptance']);
  const common = { ...reader.common(), metric: 'unit' } as const;
  const algorithm = { kind: 'slice', extraBytes: 8 * targetOf(posterior).dimension } as const;
  return sample<R, FullExports>(withoutGradient(posterior), { ...common, algorithm }, reader.run(common), {
    load: loadFullModule,
    configure: (exports, chain) => exports.configureSlice(chain),
  });
}

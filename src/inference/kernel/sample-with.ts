/** Runs a sampler of one's own. */

import { type FullExports, type Instance, loadFullModule } from '../../backend/wasm';
import { requireContinuous } from '../continuous';
import type { Fit } from '../fit';
import { OptionReader, type SamplerOptions } from '../options';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import { sample } from '../sample';
import { HostChain, vectorBytes } from './host-chain';
import type { Kernel, Transition } from './kernel';

/** What the module asks for; the third is to adapt. */
const BEGIN = 0;
const MOVE = 1;

/** Options of `sampleWith`: its chains run in the calling thread, where the kernel lives. */
export type SampleWithOptions = Omit<SamplerOptions, 'metric' | 'targetAcceptance' | 'workers' | 'worker'>;

/**
 * Draws from a posterior with a sampler of one's own, which gets all that the built-in ones have: starting points,
 * warm-up, progress, cancelling, `until`, checkpoints and continuation. docs/writing-a-sampler.md has an example.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density, naming the terms to blame
 */
export async function sampleWith<R extends Ranks>(
  posterior: Samplable<R>,
  kernel: Kernel,
  options: SampleWithOptions = {},
): Promise<Fit<R>> {
  if (typeof kernel?.transition !== 'function') {
    throw new TypeError('sampleWith: the kernel must have a function transition');
  }
  if (kernel.discrete !== true) requireContinuous('sampleWith', posterior);
  const reader = new OptionReader(
    'sampleWith',
    options,
    [],
    ['metric', 'targetAcceptance', 'workers', 'worker'],
  );
  return runKernel(posterior, kernel, reader);
}

/** Runs a kernel under options that are checked already. */
export function runKernel<R extends Ranks>(
  posterior: Samplable<R>,
  kernel: Kernel,
  reader: OptionReader,
): Promise<Fit<R>> {
  const common = { ...reader.common(), metric: 'unit' } as const;
  const stateSize = kernel.stateSize?.(targetOf(posterior).dimension) ?? 0;
  const algorithm = { kind: 'custom', name: kernel.name, extraBytes: 8 * stateSize } as const;
  const settings = { ...common, algorithm };
  return sample<R, FullExports>(
    posterior,
    settings,
    { ...reader.run(common), workers: 0 },
    {
      load: loadFullModule,
      configure: (exports, chain) => exports.configureHost(chain),
      attach: (instance) => attach(instance, kernel, common.warmup, stateSize),
    },
  );
}

/** Lets the chains of an instance be moved by a kernel. */
function attach(instance: Instance<FullExports>, kernel: Kernel, warmup: number, stateSize: number): void {
  const vectors = instance.exports.allocate(2 * vectorBytes(instance.dimension));
  let last: Transition;
  instance.transition = (pointer, action): void => {
    const chain = new HostChain(instance, pointer, warmup, vectors, stateSize);
    if (action === BEGIN) kernel.begin?.(chain);
    else if (action === MOVE) chain.settle((last = kernel.transition(chain)));
    else kernel.adapt?.(chain, last);
    chain.keepState();
  };
}

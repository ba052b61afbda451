/** Sequential Monte Carlo: particles led from the prior to the posterior, with an estimate of the evidence. */

import type { FullExports, Instance } from '../backend/wasm';
import type { ChainRandom, Ranks, RunSettings, Samplable, SamplerOptions } from '../inference';
import { Chain, type Configure } from '../inference/chain';
import { requireContinuous } from '../inference/continuous';
import { hmcKernel } from '../inference/hmc';
import { OptionReader } from '../inference/options';
import { targetOf } from '../inference/posterior';
import { planBlocks } from '../inference/samplers/blocks';
import { metropolisKernel } from '../inference/samplers/metropolis-kernel';
import { spread } from '../inference/spread';
import type { ParticlePlan, ParticleTask, StageNews } from '../inference/tempered/particles';
import type { Posterior } from '../model';
import type { DensityFunction } from '../target/target';
import { ABSENT } from './absent-options';
import { integerCoordinates } from './integers';
import { ParticleFit } from './particle-fit';
import { exportedBeside, isModelled, pathOf } from './path';
import { priorParticles } from './prior-particles';

/** Where particles of a density of one's own come from. */
export interface Reference {
  /** Its normalised log density; writes the gradient. */
  readonly density: DensityFunction;
  /** One draw from it: d numbers. */
  readonly draw: (random: ChainRandom) => ArrayLike<number>;
}

/** News of a run, after each stage. */
export interface StageProgress extends StageNews {
  /** Number of the run, from 0. */
  readonly chain: number;
}

export interface SequentialMonteCarloOptions extends Pick<
  SamplerOptions,
  'chains' | 'seed' | 'workers' | 'worker' | 'signal'
> {
  /** Particles of a run; default 1000. */
  readonly particles?: number;
  /** What moves the particles: 'hmc' (default), or 'metropolis', which needs no gradient. */
  readonly kernel?: 'hmc' | 'metropolis';
  /** Share of effective particles that a stage may cost down to, in (0, 1); default 0.5. */
  readonly threshold?: number;
  /**
   * Particles move until no coordinate's correlation with its start is above this, in (0, 1), or until moves no longer
   * lower it; default 0.1.
   */
  readonly correlation?: number;
  /** Most moves a stage; default 200. */
  readonly maxMoves?: number;
  /** Parameters of a density of one's own that take whole numbers; they need 'metropolis'. */
  readonly integers?: readonly string[];
  /**
   * For a density of one's own: where its particles come from; for a `fromModule` density also the name by which the module
   * exports it, so that workers have its density.
   */
  readonly reference?: Reference | string;
  readonly onProgress?: (progress: StageProgress) => void;
}

const OWN = ['particles', 'kernel', 'threshold', 'correlation', 'maxMoves', 'integers', 'reference'];
const WITHOUT = ['warmup', 'draws', 'thin', 'initial', 'radius'];
const NAME = 'sequentialMonteCarlo';
/** Trajectories of HMC in units of standard deviations: a quarter turn. */
const QUARTER_TURN = 1.5707963267948966;
const DENSE_LIMIT = 200;

/**
 * Draws from a posterior with particles that start from the prior: the likelihood's weight grows from 0 to 1 in steps
 * that keep the effective number of particles above a share; at each step particles are resampled and moved (Del Moral,
 * Doucet & Jasra 2006; adaptive as in Chopin & Papaspiliopoulos 2020, ch. 17). Finds several modes, and estimates the
 * evidence. `chains` counts independent runs (default 4), from whose spread comes its error. The
 * same seed gives the same draws whatever the number of workers, on every machine.
 *
 * @param posterior a conditioned model whose prior can be drawn from, or what `fromFunction` or `fromModule` returns, with a
 *   `reference`
 * @throws RangeError, TypeError for options that make no sense
 * @throws ModelError for a prior that cannot be drawn from
 * @throws Error when no run survives, as where no particle of the prior has a finite log likelihood, or a thousand stages
 *   do not reach the posterior
 * @throws the abort signal's reason
 */
export async function sequentialMonteCarlo<R extends Ranks>(
  posterior: Samplable<R>,
  options: SequentialMonteCarloOptions = {},
): Promise<ParticleFit<R>> {
  const began = performance.now();
  const reader = new OptionReader(NAME, options, OWN, [...ABSENT, ...WITHOUT]);
  const common = reader.common();
  const plan: Omit<ParticlePlan, 'whole'> = {
    particles: reader.integer('particles', 1000, 10),
    kernel: reader.choice('kernel', 'hmc', ['hmc', 'metropolis']),
    threshold: reader.between('threshold', 0.5, 0, 1),
    correlation: reader.between('correlation', 0.1, 0, 1),
    maxMoves: reader.integer('maxMoves', 200, 1),
  };
  const run = reader.run(common);
  run.signal?.throwIfAborted();
  if (plan.kernel === 'hmc') requireContinuous("sequentialMonteCarlo with kernel 'hmc'", posterior);
  const { integers = [], reference: given, onProgress } = options;
  const reference = await referenceOf(posterior, given);
  const whole = integerCoordinates(NAME, posterior, integers, plan.kernel);
  const named = typeof given === 'string' ? given : undefined;
  const path = await pathOf(NAME, posterior, plan.kernel === 'hmc', named ?? reference?.density);
  const { instance, target } = path;
  const { dimension } = instance;
  const blocks = planBlocks(posterior, [], whole);
  const walk = metropolisKernel(dimension, blocks, whole);
  const turn = { steps: 0, integrationTime: QUARTER_TURN, maxSteps: 64, jitter: 0.3 };
  const dense = dimension <= DENSE_LIMIT && blocks.ends.length === 1;
  const settings: RunSettings = {
    ...common,
    warmup: 0,
    draws: plan.particles,
    stepSize: 1,
    metric: dense ? 'dense' : 'diagonal',
    algorithm: plan.kernel === 'hmc' ? { kind: 'hmc', ...turn } : walk.algorithm,
  };
  const configure: Configure<FullExports> =
    plan.kernel === 'hmc' ? hmcKernel(turn).configure : walk.configure;

  const total = common.chains * plan.particles;
  const drawn = isModelled(posterior)
    ? await priorParticles(posterior as unknown as Posterior, instance, total, common.seed)
    : undefined;
  const size = plan.particles * dimension;
  const quantities = target.layout.size;
  const tasks = Array.from({ length: common.chains }, (_, index): ParticleTask => {
    const chain = Chain.create(instance, settings, quantities, index, configure);
    const positions =
      drawn?.slice(index * size, (index + 1) * size) ??
      referenceParticles(reference!, chain, plan.particles, [...whole.keys()]);
    return {
      kind: 'particles',
      settings,
      quantities,
      plan: { ...plan, whole: [...whole.keys()] },
      chain: chain.save(),
      positions,
      reference: named,
    };
  });
  const outcomes = await spread<ParticleTask>(
    { caller: NAME, word: 'chain', instance, target, path, options: run },
    tasks,
    { news: (chain, news) => onProgress?.({ chain, ...news }) },
  );
  return new ParticleFit<R>({
    layout: target.layout,
    outcomes,
    settings,
    seconds: (performance.now() - began) / 1000,
  });
}

/** Draws of a reference, from the chain's own generator. */
function referenceParticles(
  { draw }: Pick<Reference, 'draw'>,
  chain: Chain,
  count: number,
  whole: readonly number[],
): Float64Array {
  const { exports, dimension } = chain.instance as Instance<FullExports>;
  const random: ChainRandom = {
    uniform: () => exports.drawFrom(chain.pointer, 0),
    normal: () => exports.drawFrom(chain.pointer, 1),
    exponential: () => exports.drawFrom(chain.pointer, 2),
  };
  const positions = new Float64Array(count * dimension);
  for (let particle = 0; particle < count; particle++) {
    const position = draw(random);
    if (position?.length !== dimension) {
      throw new RangeError(
        `sequentialMonteCarlo: reference.draw must give ${dimension} numbers, got ${position?.length}`,
      );
    }
    const broken = whole.find((i) => !Number.isInteger(position[i]));
    if (broken !== undefined) {
      throw new RangeError(
        `sequentialMonteCarlo: reference.draw must give whole numbers for integers, got ${position[broken]} at ${broken}`,
      );
    }
    positions.set(position, particle * dimension);
  }
  return positions;
}

/** The reference of a density of one's own; undefined for a model. */
async function referenceOf(
  posterior: Samplable,
  given: Reference | string | undefined,
): Promise<Reference | undefined> {
  if (isModelled(posterior)) {
    if (given !== undefined) throw new TypeError(`${NAME}: a model's reference is its prior`);
    return undefined;
  }
  const { kind } = targetOf(posterior);
  const found = typeof given === 'string' ? await exportedBeside(NAME, posterior, given) : given;
  if (found === undefined) {
    const what = kind === 'module' ? 'fromModule' : 'fromFunction';
    throw new TypeError(`${NAME}: a ${what} density needs the option reference`);
  }
  const { density, draw } = found as Partial<Reference>;
  if (typeof density === 'function' && typeof draw === 'function') return { density, draw };
  throw new TypeError(`${NAME}: reference must have two functions, density and draw`);
}

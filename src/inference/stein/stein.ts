/** Stein variational gradient descent: particles in place of a family. */

import { evaluateDraws } from '../approximation';
import { breathe } from '../breathe';
import { requireContinuous } from '../continuous';
import { NamedDraws } from '../named-draws';
import { OF_SAMPLERS } from '../optimize/maximize';
import { OptionReader } from '../options';
import { followPath } from '../pathfinder/path';
import { type Ranks, type Samplable, targetOf } from '../posterior';
import type { InitialValues } from '../start';
import { startingPosition } from '../starting-position';
import { startsOf } from '../starts';
import type { Layout } from '../../target/target';
import { instanceOf } from '../variational/instance';

export interface SteinOptions {
  /** Particles; default 100. A step costs their square. */
  readonly particles?: number;
  /** First step size, in standard deviations; default 0.1. Halved whenever the particles come no closer to rest. */
  readonly stepSize?: number;
  /** Ends when the root mean square of the directions, in standard deviations, is below this; default 0.001. */
  readonly tolerance?: number;
  /** Default 20000. */
  readonly maxIterations?: number;
  /** Integer in [0, 2⁵³): the same seed gives the same particles, on every machine. By default a fresh one. */
  readonly seed?: number;
  /**
   * Starting values by parameter name, on the model's own scale; what is not named is drawn. 'prior': all are drawn from
   * the prior.
   */
  readonly initial?: 'prior' | InitialValues;
  /** Starting points are drawn from uniform[−radius, radius) in each unconstrained dimension; default 2. */
  readonly radius?: number;
  /** Ends the run early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SteinProgress) => void;
}

export interface SteinProgress {
  readonly iteration: number;
  readonly maxIterations: number;
  /** Root mean square of the directions. */
  readonly unrest: number;
}

/** Iterations between two looks at the unrest. */
const BATCH = 50;
/** Looks without a lower unrest that halve the step, and the share of the first step that is the last. */
const PATIENCE = 4;
const LEAST_SHARE = 1 / 1024;

/** Particles that stand for the posterior, each with the same weight: not independent draws. */
export class SteinParticles<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title = 'particles';
  readonly drawsPerChain: number;

  /** For `stein`. */
  constructor(
    readonly layout: Layout,
    /** Unconstrained positions, particle after particle. */
    readonly positions: Float64Array,
    /** Log density at each particle, up to the evidence, Jacobian included. */
    readonly logDensities: Float64Array,
    private readonly quantities: Float64Array,
    readonly iterations: number,
    /** Root mean square of the directions at the end, in standard deviations of the start. */
    readonly unrest: number,
    /** Whether the particles came to rest before the iterations, or the step sizes, ran out. */
    readonly converged: boolean,
  ) {
    super();
    this.drawsPerChain = logDensities.length;
  }

  override quantityDraws(index: number): Float64Array[] {
    const { size } = this.layout;
    return [Float64Array.from({ length: this.drawsPerChain }, (_, i) => this.quantities[i * size + index])];
  }
}

/**
 * Moves particles until they represent a posterior, by Stein variational gradient descent (Liu & Wang 2016) with the
 * median bandwidth, from draws of a Pathfinder path. In many dimensions (beyond some tens) the particles collapse: their
 * spread is too small (Ba et al. 2022); prefer `nuts` or `variational` there.
 *
 * @param posterior a conditioned model, or what `fromFunction` or `fromModule` returns
 * @throws RangeError, TypeError for options that make no sense
 * @throws Error when no starting point has a finite log density
 */
export async function stein<R extends Ranks>(
  posterior: Samplable<R>,
  options: SteinOptions = {},
): Promise<SteinParticles<R>> {
  const reader = new OptionReader(
    'stein',
    options,
    ['particles', 'tolerance', 'maxIterations'],
    OF_SAMPLERS.filter((name) => name !== 'stepSize'),
  );
  const common = reader.common();
  const { signal } = reader.run(common);
  const count = reader.integer('particles', 100, 2, 10_000);
  const first = reader.has('stepSize') ? reader.between('stepSize', 0.1, 0) : 0.1;
  const tolerance = reader.between('tolerance', 0.001, 0);
  const maxIterations = reader.integer('maxIterations', 20_000, 1);
  const { seed, radius } = common;

  requireContinuous('stein', posterior);
  const target = targetOf(posterior);
  const { dimension, layout } = target;
  const instance = await instanceOf(target);
  const { exports } = instance;
  const [start] = await startsOf(posterior, options.initial, seed, 1);
  const position = startingPosition(instance, target, { seed, stream: 0, radius, start });
  instance.tolerant = true;
  const path = followPath(instance, position, { history: 6, maxIterations: 200, elboDraws: 10, seed }, 1);
  if (path === undefined)
    throw new Error('stein: no Gaussian near the start has draws of finite log density');
  const scales = path.moments().deviations;
  const starts = path.draws(count);
  const particles = exports.createParticles(count);
  instance.view(exports.particleScales(particles), dimension).set(scales);
  for (let i = 0; i < count; i++) {
    const own = starts.subarray(i * dimension, (i + 1) * dimension);
    instance.view(exports.particlePosition(particles, i), dimension).set(own.map((x, k) => x / scales[k]));
  }

  let rate = first;
  let iterations = 0;
  let unrest = Infinity;
  let least = Infinity;
  let looks = 0;
  while (iterations < maxIterations && unrest > tolerance && rate > first * LEAST_SHARE) {
    const steps = Math.min(BATCH, maxIterations - iterations);
    unrest = exports.moveParticles(particles, steps, rate);
    iterations += steps;
    if (unrest < 0.95 * least) {
      least = unrest;
      looks = 0;
    } else if (++looks === PATIENCE) {
      rate /= 2;
      looks = 0;
    }
    options.onProgress?.({ iteration: iterations, maxIterations, unrest });
    await breathe();
    signal?.throwIfAborted();
  }
  const positions = new Float64Array(count * dimension);
  for (let i = 0; i < count; i++) {
    const own = instance.view(exports.particlePosition(particles, i), dimension);
    for (let k = 0; k < dimension; k++) positions[i * dimension + k] = own[k] * scales[k];
  }
  const { quantities, logDensities } = evaluateDraws(instance, layout, positions);
  return new SteinParticles<R>(
    layout,
    positions,
    logDensities,
    quantities,
    iterations,
    unrest,
    unrest <= tolerance,
  );
}

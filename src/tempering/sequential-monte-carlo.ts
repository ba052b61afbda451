/** Sequential Monte Carlo: particles led from the prior to the posterior, with an estimate of the evidence. */

import type { FullExports } from '../backend/wasm';
import type { ChainRandom, Ranks, RunSettings, Samplable, SamplerOptions } from '../inference';
import { breathe } from '../inference/breathe';
import { Chain, type Configure } from '../inference/chain';
import { requireContinuous } from '../inference/continuous';
import { hmcKernel } from '../inference/hmc';
import { OptionReader } from '../inference/options';
import { targetOf } from '../inference/posterior';
import { planBlocks } from '../inference/samplers/blocks';
import { metropolisKernel } from '../inference/samplers/metropolis-kernel';
import { giveRoot } from '../inference/samplers/root';
import { choleskyOf } from '../matrix';
import type { Posterior } from '../model';
import type { DensityFunction } from '../target/target';
import { covariance, largestCorrelation, variances } from './moments';
import { ParticleFit, type ParticleRun, type TemperingStage } from './particle-fit';
import { integerCoordinates } from './integers';
import { isModelled, type Path, pathOf } from './path';
import { priorParticles } from './prior-particles';
import { nextStep, systematic, weigh } from './resample';

/** Where particles of a density of one's own come from. */
export interface Reference {
  /** Its normalised log density; writes the gradient. */
  readonly density: DensityFunction;
  /** One draw from it: d numbers. */
  readonly draw: (random: ChainRandom) => ArrayLike<number>;
}

/** News of a run, after each stage. */
export interface StageProgress {
  /** Number of the run, from 0. */
  readonly chain: number;
  /** Stages done. */
  readonly stage: number;
  /** Weight of the likelihood now: the run ends at 1. */
  readonly weight: number;
}

export interface SequentialMonteCarloOptions extends Pick<SamplerOptions, 'chains' | 'seed' | 'signal'> {
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
  /** Parameters of a `fromFunction` density that take whole numbers; they need 'metropolis'. */
  readonly integers?: readonly string[];
  /** For a `fromFunction` density: where its particles come from. */
  readonly reference?: Reference;
  readonly onProgress?: (progress: StageProgress) => void;
}

const OWN = ['particles', 'kernel', 'threshold', 'correlation', 'maxMoves', 'integers', 'reference'];
const WITHOUT = [
  'warmup',
  'draws',
  'thin',
  'initial',
  'radius',
  'targetAcceptance',
  'metric',
  'stepSize',
  'workers',
  'worker',
  'onDraws',
  'keep',
  'until',
  'checkpoint',
];
/** Trajectories of HMC in units of standard deviations: a quarter turn. */
const QUARTER_TURN = 1.5707963267948966;
/** Mean acceptance that the scale of the moves is steered to. */
const WANTED = { hmc: 0.8, metropolis: 0.3 } as const;
const DENSE_LIMIT = 200;
/** Moves that would have to lower the correlation at least to this share of it. */
const PATIENCE = 6;
const STALLED = 0.95;
const MOST_STAGES = 1000;

/**
 * Draws from a posterior with particles that start from the prior: the likelihood's weight grows from 0 to 1 in steps
 * that keep the effective number of particles above a share; at each step particles are resampled and moved (Del Moral,
 * Doucet & Jasra 2006; adaptive as in Chopin & Papaspiliopoulos 2020, ch. 17). Finds several modes, and estimates the
 * evidence. `chains` counts independent runs (default 4), from whose spread comes its error. Runs in the calling thread.
 *
 * @param posterior a conditioned model whose prior can be drawn from, or what `fromFunction` returns, with a `reference`
 * @throws RangeError, TypeError for options that make no sense
 * @throws ModelError for a prior that cannot be drawn from
 * @throws Error when no particle of the prior has a finite log likelihood, or a thousand stages do not reach the posterior
 * @throws the abort signal's reason
 */
export async function sequentialMonteCarlo<R extends Ranks>(
  posterior: Samplable<R>,
  options: SequentialMonteCarloOptions = {},
): Promise<ParticleFit<R>> {
  const began = performance.now();
  const reader = new OptionReader('sequentialMonteCarlo', options, OWN, WITHOUT);
  const common = reader.common();
  const plan = {
    particles: reader.integer('particles', 1000, 10),
    kernel: reader.choice('kernel', 'hmc', ['hmc', 'metropolis']),
    threshold: reader.between('threshold', 0.5, 0, 1),
    correlation: reader.between('correlation', 0.1, 0, 1),
    maxMoves: reader.integer('maxMoves', 200, 1),
  } as const;
  const { signal } = reader.run(common);
  signal?.throwIfAborted();
  if (plan.kernel === 'hmc') requireContinuous("sequentialMonteCarlo with kernel 'hmc'", posterior);
  const { integers = [], reference, onProgress } = options;
  if (!isModelled(posterior) && reference === undefined) {
    targetOf(posterior);
    throw new TypeError('sequentialMonteCarlo: a fromFunction density needs the option reference');
  }
  const whole = integerCoordinates('sequentialMonteCarlo', posterior, integers, plan.kernel);
  const path = await pathOf('sequentialMonteCarlo', posterior, plan.kernel === 'hmc', reference?.density);
  const { dimension } = path.instance;
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
    ? await priorParticles(posterior as unknown as Posterior, path.instance, total, common.seed)
    : undefined;
  const size = plan.particles * dimension;
  const runs: ParticleRun[] = [];
  for (let index = 0; index < common.chains; index++) {
    const chain = Chain.create(path.instance, settings, path.target.layout.size, index, configure);
    const particles = new Particles(path, chain, plan, dense);
    particles.start(
      drawn?.slice(index * size, (index + 1) * size) ??
        referenceParticles(reference!, path, chain, plan.particles),
    );
    path.instance.tolerant = true;
    while (particles.weight < 1) {
      particles.advance();
      onProgress?.({ chain: index, stage: particles.stages.length, weight: particles.weight });
      await breathe();
      signal?.throwIfAborted();
    }
    runs.push(particles.finish());
  }
  return new ParticleFit<R>({
    layout: path.target.layout,
    runs,
    settings,
    seconds: (performance.now() - began) / 1000,
  });
}

function referenceParticles({ draw }: Reference, path: Path, chain: Chain, count: number): Float64Array {
  const { exports, dimension } = path.instance;
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
    positions.set(position, particle * dimension);
  }
  return positions;
}

interface Plan {
  readonly particles: number;
  readonly kernel: 'hmc' | 'metropolis';
  readonly threshold: number;
  readonly correlation: number;
  readonly maxMoves: number;
}

/** The particles of one run; one chain of the module moves them, one after another. */
class Particles {
  weight = 0;
  readonly stages: TemperingStage[] = [];
  private logEvidence = 0;
  private scale: number;
  private positions: Float64Array = new Float64Array();
  private readonly gains: Float64Array;

  constructor(
    private readonly path: Path,
    private readonly chain: Chain,
    private readonly plan: Plan,
    private readonly dense: boolean,
  ) {
    this.scale = plan.kernel === 'hmc' ? 0.5 : 2.38 / Math.sqrt(path.instance.dimension);
    this.gains = new Float64Array(plan.particles);
  }

  start(positions: Float64Array): void {
    this.positions = positions;
    this.measure();
    if (this.gains.every((gain) => gain === -Infinity)) {
      throw new Error(
        `sequentialMonteCarlo: the log likelihood is not finite at any of ${this.plan.particles} draws of the prior`,
      );
    }
  }

  /** One stage: a larger weight, resampling, moves. */
  advance(): void {
    const { plan, path, gains } = this;
    const { exports } = path.instance;
    const scalars = { exp: (x: number) => exports.exp(x), log: (x: number) => exports.log(x) };
    const step = nextStep(gains, 1 - this.weight, plan.threshold * plan.particles, scalars);
    const weight = Math.min(1, this.weight + step);
    if (this.stages.length >= MOST_STAGES || weight === this.weight) {
      throw new Error(
        `sequentialMonteCarlo: after ${this.stages.length} stages the likelihood's weight is ${this.weight.toPrecision(2)}, ` +
          'and hardly grows: the prior is too far from the posterior; take more particles or a narrower prior',
      );
    }
    const { weights, logMean } = weigh(gains, weight - this.weight, scalars);
    this.logEvidence += logMean;
    this.weight = weight;
    this.resample(systematic(weights, exports.drawFrom(this.chain.pointer, 0)));
    path.setWeight(weight);
    const { moves, acceptance, correlation } = this.move();
    if (weight < 1) this.measure();
    this.stages.push({ weight, moves, acceptance, correlation, stepSize: this.scale });
  }

  finish(): ParticleRun {
    const { path, positions, stages, logEvidence } = this;
    const { instance, target } = path;
    const { dimension } = instance;
    const { size } = target.layout;
    const columns = Array.from({ length: size }, () => new Float64Array(this.plan.particles));
    for (let particle = 0; particle < this.plan.particles; particle++) {
      const position = positions.subarray(particle * dimension, (particle + 1) * dimension);
      const values = instance.hasQuantities ? instance.call(1, position, size) : position;
      columns.forEach((column, i) => (column[particle] = values[i]));
    }
    const gradients = instance.exports.chainGradients(this.chain.pointer);
    return { columns, stages, logEvidence, gradients };
  }

  /** Log likelihood of every particle. */
  private measure(): void {
    const { dimension } = this.path.instance;
    for (let particle = 0; particle < this.gains.length; particle++) {
      const position = this.positions.slice(particle * dimension, (particle + 1) * dimension);
      this.gains[particle] = this.path.gain(position);
    }
  }

  private resample(parents: Int32Array): void {
    const { dimension } = this.path.instance;
    const next = new Float64Array(this.positions.length);
    parents.forEach((parent, particle) => {
      const from = parent * dimension;
      next.set(this.positions.subarray(from, from + dimension), particle * dimension);
    });
    this.positions = next;
  }

  /**
   * Square roots of the covariances of both halves of the particles. Each half is moved with that of the other: a
   * particle that had a part in its own metric would not leave the target invariant.
   */
  private learnMetrics(): readonly Float64Array[] {
    const { dimension } = this.path.instance;
    const middle = (this.plan.particles >> 1) * dimension;
    return [this.positions.subarray(middle), this.positions.subarray(0, middle)].map((positions) => {
      const cloud = { positions, dimension };
      const factor = this.dense ? choleskyOf(covariance(cloud), dimension) : undefined;
      const scales = variances(cloud).map(Math.sqrt);
      return factor ?? (this.dense ? diagonalMatrix(scales) : scales);
    });
  }

  /** Moves all particles until they have forgotten where they were. */
  private move(): { readonly moves: number; readonly acceptance: number; readonly correlation: number } {
    const { plan, path, chain } = this;
    const { instance } = path;
    const { exports, dimension } = instance;
    const start = this.positions.slice();
    const roots = this.learnMetrics();
    const middle = plan.particles >> 1;
    const wanted = WANTED[plan.kernel];
    let moves = 0;
    let acceptance = 0;
    let correlation = 1;
    const history: number[] = [];
    // Between modes that are far apart moves do not help: then the correlation stays.
    const stalled = (): boolean => correlation > STALLED * (history[moves - PATIENCE] ?? Infinity);
    while (moves < plan.maxMoves && correlation > plan.correlation && !stalled()) {
      acceptance = 0;
      for (let particle = 0; particle < plan.particles; particle++) {
        const from = particle * dimension;
        if (particle === 0) giveRoot(instance, chain.pointer, roots[0]);
        if (particle === middle) giveRoot(instance, chain.pointer, roots[1]);
        const place = exports.chainPosition(chain.pointer);
        instance.view(place, dimension).set(this.positions.subarray(from, from + dimension));
        exports.evaluate(chain.pointer);
        exports.restart(chain.pointer, this.scale);
        const { records } = chain.advance(0);
        acceptance += records[1] / plan.particles;
        this.positions.set(instance.view(exports.chainPosition(chain.pointer), dimension), from);
      }
      moves++;
      correlation = largestCorrelation(start, this.positions, dimension);
      history.push(correlation);
      this.scale *= exports.exp((acceptance - wanted) / (plan.kernel === 'hmc' ? 1 : 2));
    }
    return { moves, acceptance, correlation };
  }
}

function diagonalMatrix(values: Float64Array): Float64Array {
  const size = values.length;
  const matrix = new Float64Array(size * size);
  values.forEach((value, i) => (matrix[i * size + i] = value));
  return matrix;
}

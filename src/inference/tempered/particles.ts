/** One run of sequential Monte Carlo: particles on their way from the prior to the posterior, as a task of plain data. */

import { choleskyOf } from '../../matrix';
import { type Chain, ChainBroken } from '../chain';
import { giveRoot } from '../samplers/root';
import type { RunSettings } from '../settings';
import type { TaskHost } from '../worker/task-host';
import { covariance, largestCorrelation, variances } from './moments';
import type { Path } from './path';
import { placeChains } from './places';
import { nextStep, type Scalars, systematic, weigh } from './resample';

/** How particles are moved. */
export interface ParticlePlan {
  readonly particles: number;
  readonly kernel: 'hmc' | 'metropolis';
  /** Share of effective particles that a stage may cost down to. */
  readonly threshold: number;
  /** Correlation with where a stage began below which particles have moved enough. */
  readonly correlation: number;
  readonly maxMoves: number;
  /** Coordinates that take whole numbers only. */
  readonly whole: readonly number[];
}

export interface ParticleTask {
  readonly kind: 'particles';
  readonly settings: RunSettings;
  /** Values of a whole draw. */
  readonly quantities: number;
  readonly plan: ParticlePlan;
  /** The chain that moves the particles, one after another, as the module has it. */
  readonly chain: Uint8Array;
  /** Draws of the reference, particle after particle. */
  readonly positions: Float64Array;
  /** Name of the reference of a density that a module exports. */
  readonly reference?: string | undefined;
}

/** One step of the likelihood's weight. */
export interface TemperingStage {
  /** Weight of the likelihood that it led to. */
  readonly weight: number;
  /** Moves that the particles made. */
  readonly moves: number;
  /** Mean acceptance of the last of them. */
  readonly acceptance: number;
  /** Largest correlation of a coordinate with where the stage began. */
  readonly correlation: number;
  /** Scale of the moves at the end. */
  readonly stepSize: number;
}

/** What a run has brought. */
export interface ParticleRun {
  /** Values of each scalar quantity, one a particle. */
  readonly columns: readonly Float64Array[];
  readonly stages: readonly TemperingStage[];
  readonly logEvidence: number;
  /** Gradients (or densities) evaluated by the moves. */
  readonly gradients: number;
}

/** A stage is done. */
export interface StageNews {
  /** Stages done. */
  readonly stage: number;
  /** Weight of the likelihood now: the run ends at 1. */
  readonly weight: number;
}

/** Mean acceptance that the scale of the moves is steered to. */
const WANTED = { hmc: 0.8, metropolis: 0.3 } as const;
/** Moves that would have to lower the correlation at least to this share of it. */
const PATIENCE = 6;
const STALLED = 0.95;
const MOST_STAGES = 1000;
/** Procedure that turns a position into quantities. */
const QUANTITIES = 1;
/** Milliseconds between pauses in which the host may do other things. */
const BREATH = 15;

/** @throws ChainBroken when no particle has a finite likelihood, or stages do not lead to the posterior */
export async function leadParticles(
  path: Path,
  task: ParticleTask,
  host: TaskHost<StageNews>,
): Promise<ParticleRun> {
  const particles = new Particles(path, task);
  let rested = performance.now();
  while (particles.weight < 1) {
    particles.begin();
    while (particles.move()) {
      if (performance.now() - rested < BREATH) continue;
      await host.breathe();
      rested = performance.now();
    }
    particles.end();
    host.news({ stage: particles.stages.length, weight: particles.weight });
  }
  return particles.finish();
}

/** A stage that is under way. */
interface Stage {
  /** Where the particles began. */
  readonly start: Float64Array;
  /** Square roots of covariances, for the first half of the particles and the second. */
  readonly roots: readonly Float64Array[];
  acceptance: number;
  /** Correlation with the start after each move. */
  readonly correlations: number[];
}

class Particles {
  weight = 0;
  readonly stages: TemperingStage[] = [];
  private readonly chain: Chain;
  private readonly plan: ParticlePlan;
  private readonly scalars: Scalars;
  private positions: Float64Array;
  private readonly gains: Float64Array;
  private logEvidence = 0;
  private scale: number;
  private stage!: Stage;

  constructor(
    private readonly path: Path,
    private readonly task: ParticleTask,
  ) {
    const { settings, quantities, plan, chain, positions } = task;
    const { exports, dimension } = path.instance;
    [this.chain] = placeChains(path.instance, settings, quantities, [chain]);
    this.plan = plan;
    this.scalars = { exp: (x) => exports.exp(x), log: (x) => exports.log(x) };
    this.positions = positions.slice();
    this.scale = plan.kernel === 'hmc' ? 0.5 : 2.38 / Math.sqrt(dimension);
    this.gains = new Float64Array(plan.particles);
    this.measure();
    if (this.gains.every((gain) => gain === -Infinity)) {
      throw new ChainBroken(
        `the log likelihood is not finite at any of ${plan.particles} draws of the prior`,
      );
    }
  }

  /** Begins a stage: a larger weight, and the particles that are left at it. */
  begin(): void {
    const { plan, path, gains, scalars } = this;
    const step = nextStep(gains, 1 - this.weight, plan.threshold * plan.particles, scalars);
    const weight = Math.min(1, this.weight + step);
    if (this.stages.length >= MOST_STAGES || weight === this.weight) {
      throw new ChainBroken(
        `after ${this.stages.length} stages the likelihood's weight is ${this.weight.toPrecision(2)}, and hardly grows: ` +
          'the prior is too far from the posterior; take more particles or a narrower prior',
      );
    }
    const { weights, logMean } = weigh(gains, weight - this.weight, scalars);
    this.logEvidence += logMean;
    this.weight = weight;
    this.resample(systematic(weights, path.instance.exports.drawFrom(this.chain.pointer, 0)));
    path.setWeight(weight);
    const start = this.positions.slice();
    this.stage = { start, roots: this.learnMetrics(), acceptance: 0, correlations: [] };
  }

  /** Moves all particles once, unless they have forgotten where they were; gives whether they have moved. */
  move(): boolean {
    const { plan, path, chain, stage } = this;
    const { instance } = path;
    const { exports, dimension } = instance;
    if (this.rested()) return false;
    const middle = plan.particles >> 1;
    stage.acceptance = 0;
    for (let particle = 0; particle < plan.particles; particle++) {
      const from = particle * dimension;
      if (particle === 0) giveRoot(instance, chain.pointer, stage.roots[0]);
      if (particle === middle) giveRoot(instance, chain.pointer, stage.roots[1]);
      const place = exports.chainPosition(chain.pointer);
      instance.view(place, dimension).set(this.positions.subarray(from, from + dimension));
      exports.evaluate(chain.pointer);
      exports.restart(chain.pointer, this.scale);
      const { records } = chain.advance(0);
      stage.acceptance += records[1] / plan.particles;
      this.positions.set(instance.view(exports.chainPosition(chain.pointer), dimension), from);
    }
    stage.correlations.push(largestCorrelation(stage.start, this.positions, dimension, plan.whole));
    const error = stage.acceptance - WANTED[plan.kernel];
    const scale = this.scale * exports.exp(error / (plan.kernel === 'hmc' ? 1 : 2));
    // Categories accept as they do whatever the scale.
    this.scale = Math.min(Math.max(scale, 1e-8), 1e8);
    return true;
  }

  /** Ends a stage. */
  end(): void {
    const { weight, scale, stage } = this;
    const { acceptance, correlations } = stage;
    if (weight < 1) this.measure();
    const correlation = correlations.at(-1)!;
    this.stages.push({ weight, moves: correlations.length, acceptance, correlation, stepSize: scale });
  }

  finish(): ParticleRun {
    const { path, positions, stages, logEvidence } = this;
    const { plan, quantities } = this.task;
    const { instance } = path;
    const { dimension } = instance;
    const columns = Array.from({ length: quantities }, () => new Float64Array(plan.particles));
    for (let particle = 0; particle < plan.particles; particle++) {
      const position = positions.subarray(particle * dimension, (particle + 1) * dimension);
      const values = instance.hasQuantities ? instance.call(QUANTITIES, position, quantities) : position;
      columns.forEach((column, i) => (column[particle] = values[i]));
    }
    const gradients = instance.exports.chainGradients(this.chain.pointer);
    return { columns, stages, logEvidence, gradients };
  }

  /** Whether more moves are not wanted: the start is forgotten, or, between modes that are far apart, will not be. */
  private rested(): boolean {
    const { plan } = this;
    const { correlations } = this.stage;
    const moves = correlations.length;
    if (moves === 0) return false;
    const correlation = correlations[moves - 1];
    const before = correlations[moves - PATIENCE] ?? Infinity;
    return moves >= plan.maxMoves || correlation <= plan.correlation || correlation > STALLED * before;
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
    const dense = this.task.settings.metric === 'dense';
    const middle = (this.plan.particles >> 1) * dimension;
    return [this.positions.subarray(middle), this.positions.subarray(0, middle)].map((positions) => {
      const cloud = { positions, dimension };
      const factor = dense ? choleskyOf(covariance(cloud), dimension) : undefined;
      const scales = variances(cloud).map(Math.sqrt);
      return factor ?? (dense ? diagonalMatrix(scales) : scales);
    });
  }
}

function diagonalMatrix(values: Float64Array): Float64Array {
  const size = values.length;
  const matrix = new Float64Array(size * size);
  values.forEach((value, i) => (matrix[i * size + i] = value));
  return matrix;
}

/** The result of sequential Monte Carlo: particles of the posterior, and the evidence. */

import { NamedDraws, type Ranks, type RunSettings } from '../inference';
import { type Summary, summarize, type SummaryOptions } from '../report';
import type { Layout } from '../target/target';

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

/** What one run has brought. */
export interface ParticleRun {
  /** Values of each scalar quantity, one a particle. */
  readonly columns: readonly Float64Array[];
  readonly stages: readonly TemperingStage[];
  readonly logEvidence: number;
  readonly gradients: number;
}

/** Particles of a posterior whose quantities have ranks R, run after run. */
export class ParticleFit<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title = 'fit';
  readonly layout: Layout;
  readonly chains: readonly number[];
  /** Particles of a run. */
  readonly drawsPerChain: number;
  readonly settings: RunSettings;
  /** Stages of each run. */
  readonly stages: readonly (readonly TemperingStage[])[];
  /** Estimates of the log evidence log p(data), one a run; of a `fromFunction` density, log of its integral. */
  readonly logEvidences: Float64Array;
  /** Gradients (or densities) evaluated by the moves of all runs. */
  readonly gradientEvaluations: number;
  /** Seconds from call to result. */
  readonly seconds: number;
  private readonly runs: readonly ParticleRun[];

  /** For the driver. */
  constructor(parts: {
    readonly layout: Layout;
    readonly runs: readonly ParticleRun[];
    readonly settings: RunSettings;
    readonly seconds: number;
  }) {
    super();
    const { layout, runs, settings, seconds } = parts;
    this.layout = layout;
    this.runs = runs;
    this.chains = runs.map((_, i) => i);
    this.drawsPerChain = settings.draws;
    this.settings = settings;
    this.stages = runs.map(({ stages }) => stages);
    this.logEvidences = Float64Array.from(runs, ({ logEvidence }) => logEvidence);
    this.gradientEvaluations = runs.reduce((sum, { gradients }) => sum + gradients, 0);
    this.seconds = seconds;
  }

  override quantityDraws(index: number): Float64Array[] {
    return this.runs.map(({ columns }) => columns[index]);
  }

  /** Estimates as a table; runs are independent of each other. */
  summary(options?: SummaryOptions): Summary {
    return summarize(this, options);
  }
}

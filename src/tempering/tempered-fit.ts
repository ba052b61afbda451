/** The result of parallel tempering: draws of the posterior, and what the levels tell of the evidence. */

import { NamedDraws, type Ranks, type RunSettings } from '../inference';
import { type Summary, summarize, type SummaryOptions } from '../report';
import type { Layout } from '../target/target';

/** What one ensemble has brought. */
export interface Ensemble {
  /** Draws of each scalar quantity at the posterior. */
  readonly quantities: readonly Float64Array[];
  /** log posterior − log reference of each level's draws; of a model the log likelihood. */
  readonly gains: readonly Float64Array[];
  readonly roundTrips: number;
  readonly gradients: number;
}

/** Draws from a posterior whose quantities have ranks R, with the levels that led there. */
export class TemperedFit<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title = 'fit';
  readonly layout: Layout;
  readonly chains: readonly number[];
  readonly drawsPerChain: number;
  readonly settings: RunSettings;
  /** Weights of the levels, from the reference (a model's prior) to the posterior. */
  readonly weights: readonly number[];
  /** Mean probability that neighbouring levels did not exchange their positions. */
  readonly rejections: readonly number[];
  /** How often positions have come from the reference to the posterior, all ensembles together. */
  readonly roundTrips: number;
  /** Gradients (or densities) evaluated, warm-up included. */
  readonly gradientEvaluations: number;
  /** Seconds from call to result. */
  readonly seconds: number;
  private readonly ensembles: readonly Ensemble[];

  /** For the driver. */
  constructor(parts: {
    readonly layout: Layout;
    readonly ensembles: readonly Ensemble[];
    readonly weights: readonly number[];
    readonly rejections: readonly number[];
    readonly settings: RunSettings;
    readonly seconds: number;
  }) {
    super();
    this.layout = parts.layout;
    this.ensembles = parts.ensembles;
    this.chains = parts.ensembles.map((_, i) => i);
    this.drawsPerChain = parts.settings.draws;
    this.settings = parts.settings;
    this.weights = parts.weights;
    this.rejections = parts.rejections;
    this.seconds = parts.seconds;
    this.roundTrips = parts.ensembles.reduce((sum, { roundTrips }) => sum + roundTrips, 0);
    this.gradientEvaluations = parts.ensembles.reduce((sum, { gradients }) => sum + gradients, 0);
  }

  override quantityDraws(index: number): Float64Array[] {
    return this.ensembles.map(({ quantities }) => quantities[index]);
  }

  /**
   * log posterior − log reference (of a model: the log likelihood) of the draws at a level, one array per ensemble.
   *
   * @param level from 0, the reference
   */
  gains(level: number): Float64Array[] {
    return this.ensembles.map(({ gains }) => gains[level]);
  }

  /** Sum of the rejections: how far apart reference and posterior are; more levels than twice this are of little use. */
  get barrier(): number {
    return this.rejections.reduce((sum, rejection) => sum + rejection, 0);
  }

  /** Estimates with their Monte Carlo errors and diagnostics, and warnings in words; prints as a table. */
  summary(options?: SummaryOptions): Summary {
    return summarize(this, options);
  }
}

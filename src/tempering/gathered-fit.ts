/** What results of tempered samplers have in common: the draws of independent runs, some of which may have been lost. */

import { type Failure, NamedDraws, type Ranks, type RunSettings } from '../inference';
import type { Outcome } from '../inference/spread';
import { type Summary, summarize, type SummaryOptions } from '../report';
import type { Layout } from '../target/target';

/** What one run has brought. */
export interface GatheredRun {
  /** Draws of each scalar quantity. */
  readonly columns: readonly Float64Array[];
  readonly gradients: number;
}

/** What the driver of a sampler hands over. */
export interface GatheredParts<Run> {
  readonly layout: Layout;
  /** By number of the run; one at least has a result. */
  readonly outcomes: readonly Outcome<Run>[];
  readonly settings: RunSettings;
  readonly seconds: number;
}

/** Draws of quantities whose ranks are R, run after run. */
export abstract class GatheredFit<R extends Ranks, Run extends GatheredRun> extends NamedDraws<R> {
  protected override readonly title = 'fit';
  readonly layout: Layout;
  /** Numbers of the runs whose draws are here, from 0; a lost one leaves a gap. */
  readonly chains: readonly number[];
  /** Draws of each run. */
  readonly drawsPerChain: number;
  /** Runs that were lost, and why. */
  readonly failures: readonly Failure[];
  readonly settings: RunSettings;
  /** Gradients (or densities) evaluated, warm-up included. */
  readonly gradientEvaluations: number;
  /** Seconds from call to result. */
  readonly seconds: number;
  protected readonly runs: readonly Run[];

  constructor({ layout, outcomes, settings, seconds }: GatheredParts<Run>) {
    super();
    this.layout = layout;
    this.runs = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
    this.chains = [...outcomes.keys()].filter((chain) => 'result' in outcomes[chain]);
    this.failures = outcomes.flatMap((outcome, chain) =>
      'failure' in outcome ? [{ chain, message: outcome.failure }] : [],
    );
    this.drawsPerChain = settings.draws;
    this.settings = settings;
    this.gradientEvaluations = this.runs.reduce((sum, { gradients }) => sum + gradients, 0);
    this.seconds = seconds;
  }

  override quantityDraws(index: number): Float64Array[] {
    return this.runs.map(({ columns }) => columns[index]);
  }

  /** Estimates with their Monte Carlo errors and diagnostics, and warnings in words; prints as a table. */
  summary(options?: SummaryOptions): Summary {
    return summarize(this, options);
  }
}

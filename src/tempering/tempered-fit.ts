/** The result of parallel tempering: draws of the posterior, and what the levels tell of the evidence. */

import type { Ranks } from '../inference';
import { GatheredFit, type GatheredParts, type GatheredRun } from './gathered-fit';

/** What one ensemble has brought. */
export interface EnsembleRun extends GatheredRun {
  /** log posterior − log reference of each level's draws; of a model the log likelihood. */
  readonly gains: readonly Float64Array[];
  readonly roundTrips: number;
}

/** Draws from a posterior whose quantities have ranks R, with the levels that led there. */
export class TemperedFit<R extends Ranks = Ranks> extends GatheredFit<R, EnsembleRun> {
  /** Weights of the levels, from the reference (a model's prior) to the posterior. */
  readonly weights: readonly number[];
  /** Mean probability that neighbouring levels did not exchange their positions. */
  readonly rejections: readonly number[];
  /** How often positions have come from the reference to the posterior, all ensembles together. */
  readonly roundTrips: number;

  /** For the driver. */
  constructor(
    parts: GatheredParts<EnsembleRun> & {
      readonly weights: readonly number[];
      readonly rejections: readonly number[];
    },
  ) {
    super(parts);
    this.weights = parts.weights;
    this.rejections = parts.rejections;
    this.roundTrips = this.runs.reduce((sum, { roundTrips }) => sum + roundTrips, 0);
  }

  /**
   * log posterior − log reference (of a model: the log likelihood) of the draws at a level, one array per ensemble.
   *
   * @param level from 0, the reference
   */
  gains(level: number): Float64Array[] {
    return this.runs.map(({ gains }) => gains[level]);
  }

  /** Sum of the rejections: how far apart reference and posterior are; more levels than twice this are of little use. */
  get barrier(): number {
    return this.rejections.reduce((sum, rejection) => sum + rejection, 0);
  }
}

/** The result of sequential Monte Carlo: particles of the posterior, and the evidence. */

import type { Ranks } from '../inference';
import type { ParticleRun, TemperingStage } from '../inference/tempered/particles';
import { GatheredFit, type GatheredParts } from './gathered-fit';

/** Particles of a posterior whose quantities have ranks R, run after run; runs are independent of each other. */
export class ParticleFit<R extends Ranks = Ranks> extends GatheredFit<R, ParticleRun> {
  /** Stages of each run. */
  readonly stages: readonly (readonly TemperingStage[])[];
  /** Estimates of the log evidence log p(data), one a run; of a `fromFunction` density, log of its integral. */
  readonly logEvidences: Float64Array;

  /** For the driver. */
  constructor(parts: GatheredParts<ParticleRun>) {
    super(parts);
    this.stages = this.runs.map(({ stages }) => stages);
    this.logEvidences = Float64Array.from(this.runs, ({ logEvidence }) => logEvidence);
  }
}

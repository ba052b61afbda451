/** What a file of draws records: the draws, the sampler's statistics, and how they came about. */

import type { Summarizable } from '../report';

/** Statistics of every kept transition: one array per chain, one value per draw. */
export interface RecordedStatistics {
  /** Log density of the unconstrained parameters, Jacobian included. */
  readonly lp: readonly ArrayLike<number>[];
  readonly acceptStat: readonly ArrayLike<number>[];
  readonly stepSize: readonly ArrayLike<number>[];
  readonly treedepth: readonly ArrayLike<number>[];
  readonly leapfrogSteps: readonly ArrayLike<number>[];
  readonly divergent: readonly ArrayLike<number>[];
  readonly energy: readonly ArrayLike<number>[];
}

/** Settings of a run, as reported in headers. */
export interface RecordedSettings {
  readonly model: string;
  readonly dataFile?: string;
  readonly seed: number;
  readonly warmup: number;
  readonly draws: number;
  readonly thin: number;
  readonly targetAcceptance: number;
  readonly maxTreeDepth: number;
  readonly metric: 'unit' | 'diagonal' | 'dense';
  /** Starting points are uniform on (−radius, radius) in unconstrained space. */
  readonly initialRadius: number;
}

export interface RecordedRun extends Pick<Summarizable, 'layout' | 'quantityDraws'> {
  readonly stats: RecordedStatistics;
  readonly settings: RecordedSettings;
  /** Number of each chain, from 0; a lost chain leaves a gap. */
  readonly chains: readonly number[];
  /** Adapted inverse metric of each chain: its diagonal, or its rows one after the other when dense. */
  readonly inverseMetric: readonly Float64Array[];
  readonly timing: { readonly warmupSeconds: number; readonly samplingSeconds: number };
}

/** What a file of draws records: the draws, the sampler's statistics, and how they came about. */

import type { RunSettings } from '../inference/settings';
import type { Summarizable, Timing } from '../report';

type PerChain = readonly ArrayLike<number>[];

/** Statistics of every kept transition: one array per chain, one value per draw. */
export interface RecordedStatistics {
  /** Log density of the unconstrained parameters, Jacobian included. */
  readonly logDensity: PerChain;
  /** Mean acceptance probability of the transition's trajectory. */
  readonly acceptance: PerChain;
  readonly stepSize: PerChain;
  readonly treedepth: PerChain;
  readonly leapfrogs: PerChain;
  readonly divergent: PerChain;
  readonly energy: PerChain;
}

/** Where a run came from, as told in headers. */
export interface RunOrigin {
  readonly model: string;
  readonly dataFile?: string;
}

export interface RecordedRun extends Pick<Summarizable, 'layout' | 'quantityDraws'> {
  readonly stats: RecordedStatistics;
  readonly settings: RunSettings;
  readonly origin: RunOrigin;
  /** Number of each chain, from 0; a lost chain leaves a gap. */
  readonly chains: readonly number[];
  /** Adapted inverse metric of each chain: its diagonal, or its rows one after the other when dense. */
  readonly inverseMetric: readonly Float64Array[];
  readonly timing: Timing;
}

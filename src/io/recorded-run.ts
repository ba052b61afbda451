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

/** A fit, as far as files tell of it. */
export interface RecordedRun extends Pick<Summarizable, 'layout' | 'quantityDraws'> {
  readonly stats: RecordedStatistics;
  /** What is known of how the run was made; everything, of a fit. */
  readonly settings: Partial<RunSettings>;
  /** Number of each chain, from 0; a lost chain leaves a gap. */
  readonly chains: readonly number[];
  /** Inverse metric of each chain: its diagonal, or its rows one after the other when dense; empty if not adapted. */
  readonly inverseMetric: readonly Float64Array[];
  /** Summed over the chains. */
  readonly timing?: Timing;
}

/** A place where a run outlives its process: draws as they come, and now and then the state of each chain. */

import type { Layout, Target } from '../target/target';
import type { Fit } from './fit';
import type { RunSettings } from './settings';

/** All it takes to go on with a chain. */
export interface Snapshot {
  /** The chain's region of the module's memory. */
  readonly state: Uint8Array;
  /** Draws made until then. */
  readonly draws: number;
  readonly warmupDivergences: number;
  readonly warmupSeconds: number;
  readonly samplingSeconds: number;
}

/** What a run is, before its first draw. */
export interface RunPlan {
  readonly settings: RunSettings;
  /** Whether the seed was chosen by the caller; else that of an earlier process counts. */
  readonly seedGiven: boolean;
  readonly target: Target;
  /** Layout of the draws that are kept. */
  readonly layout: Layout;
}

/** A chain as an earlier process left it. */
export interface EarlierChain {
  readonly snapshot: Snapshot;
  /** Records of its `snapshot.draws` draws, in pieces; each is good until the next. */
  records(): Iterable<Float64Array>;
}

/** What an earlier process left of a run. */
export interface EarlierRun {
  readonly seed: number;
  /** By number of the chain; undefined for one that starts anew. */
  readonly chains: readonly (EarlierChain | undefined)[];
}

/**
 * What a run is written to so that it can be killed at any moment. The drivers call it in this order: `open`; then
 * `append` and `save` as chains go on; then `finish`, when the run ends in one way or another.
 */
export interface Checkpoint {
  /** Seconds between two saves of a chain. */
  readonly interval: number;
  /**
   * Begins the run, or finds what an earlier process left of this very run.
   *
   * @throws when the place holds another run, or one by another version of the package's kernels
   */
  open(plan: RunPlan): Promise<EarlierRun | undefined>;
  /** Draws of a chain: statistics, then quantities, draw after draw. */
  append(chain: number, records: Float64Array): void;
  /** The state of a chain after all draws appended so far. */
  save(chain: number, snapshot: Snapshot): void;
  /** The run ends, with so many draws of each chain of the fit; `complete` unless it was interrupted. */
  finish(fit: Fit, drawsPerChain: number, complete: boolean): void;
  /** The run ended in an error; what was written stays. */
  abandon(): void;
}

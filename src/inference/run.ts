/** A run in progress: its chains' recordings, what has gone wrong, and whom to tell. */

import type { Batch } from './chain';
import type { RunOptions } from './options';
import { Recording } from './recording';
import { type RunSettings, transitionsOf } from './settings';

/** A chain that was lost, and why. */
export interface Failure {
  readonly chain: number;
  readonly message: string;
}

export class Run {
  readonly recordings: readonly Recording[];
  readonly failures: Failure[] = [];

  constructor(
    readonly settings: RunSettings,
    readonly options: RunOptions,
    /** Unconstrained parameters. */
    readonly dimension: number,
    /** Values of a draw. */
    readonly quantities: number,
  ) {
    this.recordings = Array.from(
      { length: settings.chains },
      (_, chain) => new Recording(chain, settings, quantities),
    );
  }

  /** Take in a batch and tell the caller. */
  add(chain: number, batch: Batch): void {
    this.recordings[chain].add(batch);
    this.options.onProgress?.({
      chain,
      phase: batch.warmup ? 'warmup' : 'sampling',
      iteration: batch.iteration,
      total: transitionsOf(this.settings),
      divergences: batch.divergences,
      stepSize: batch.stepSize,
    });
  }

  fail(chain: number, message: string): void {
    this.failures.push({ chain, message });
  }

  /** Whether the caller has had enough. */
  get aborted(): boolean {
    return this.options.signal?.aborted ?? false;
  }

  /** Share of all transitions that are made. */
  get progress(): number {
    const made = this.recordings.reduce((sum, recording) => sum + recording.iteration, 0);
    return made / (this.settings.chains * transitionsOf(this.settings));
  }
}

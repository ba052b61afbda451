/** A run in progress: its chains' recordings, what has gone wrong, when it must end, and whom to tell. */

import type { Batch } from './chain';
import { NewDraws } from './new-draws';
import type { RunOptions } from './options';
import type { Recording } from './recording';
import type { Selection } from './selection';
import { type RunSettings, transitionsOf } from './settings';

/** A chain that was lost, and why. */
export interface Failure {
  readonly chain: number;
  readonly message: string;
}

/** What brought a run to its end: all draws were made, they were good enough, time was over, or the caller had enough. */
export type Ending = 'draws' | 'until' | 'seconds' | 'signal';

export class Run {
  readonly failures: Failure[] = [];
  ending: Ending = 'draws';
  /** Draws of each chain that are being worked towards. */
  goal = 0;
  private readonly halts: (() => void)[] = [];
  private readonly timer: ReturnType<typeof setTimeout> | undefined;
  private readonly onAbort = (): void => this.halt('signal');

  constructor(
    readonly settings: RunSettings,
    readonly options: RunOptions,
    /** Unconstrained parameters. */
    readonly dimension: number,
    /** Values of a whole draw. */
    readonly quantities: number,
    readonly selection: Selection,
    readonly recordings: readonly Recording[],
  ) {
    options.signal?.addEventListener('abort', this.onAbort);
    const seconds = settings.until?.seconds;
    if (seconds !== undefined) {
      // A timer that is set further ahead goes off at once.
      this.timer = setTimeout(() => this.halt('seconds'), Math.min(1000 * seconds, 0x7fffffff));
    }
  }

  /** Takes in a batch, whose records hold what is kept of the draws, and tells the caller. */
  add(chain: number, batch: Batch): void {
    const recording = this.recordings[chain];
    const { options, selection } = this;
    const { records } = batch;
    const first = recording.count;
    recording.append(records);
    recording.note(batch);
    if (records.length > 0) {
      options.checkpoint?.append(chain, records);
      options.onDraws?.(new NewDraws(chain, first, selection.layout, records));
    }
    options.onProgress?.({
      chain,
      phase: batch.warmup ? 'warmup' : 'sampling',
      iteration: batch.iteration,
      total: transitionsOf(this.settings),
      divergences: batch.divergences,
      stepSize: batch.stepSize,
    });
  }

  /** Notes the state of a chain after all its draws so far. */
  save(chain: number, state: Uint8Array): void {
    const snapshot = this.recordings[chain].save(state);
    this.options.checkpoint?.save(chain, snapshot);
  }

  fail(chain: number, message: string): void {
    this.failures.push({ chain, message });
  }

  /** Numbers of the chains that are not lost. */
  get alive(): number[] {
    const lost = new Set(this.failures.map(({ chain }) => chain));
    return this.recordings.map(({ chain }) => chain).filter((chain) => !lost.has(chain));
  }

  /** Whether the run must end: the caller has had enough, or time is over. */
  get halted(): boolean {
    return this.ending === 'signal' || this.ending === 'seconds';
  }

  /** Calls back once, as soon as the run must end. */
  whenHalted(callback: () => void): void {
    this.halts.push(callback);
  }

  /** Share of the transitions to the goal that are made, of the chains that are not lost. */
  get progress(): number {
    const goal = this.settings.warmup + this.goal * this.settings.thin;
    const { alive, recordings } = this;
    const made = alive.reduce((sum, chain) => sum + Math.min(recordings[chain].iteration, goal), 0);
    return made / (alive.length * goal);
  }

  /** Lets go of timer and signal. */
  close(): void {
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener('abort', this.onAbort);
  }

  private halt(ending: Ending): void {
    if (this.halted) return;
    this.ending = ending;
    for (const callback of this.halts) callback();
  }
}

/** How long a run in the calling thread will take, and what workers would save of it. */

import type { Run } from './run';

/**
 * Seconds of work to judge by: the first batches of a chain, with a bad step size in cold code, are not like
 * the others.
 */
const TRIAL = 0.1;

export class Forecast {
  private start = 0;
  private startProgress = 0;

  constructor(
    private readonly run: Run,
    private readonly threads: number,
  ) {}

  /** Seconds that workers would save from now on; 0 while it is too early to tell. */
  savedByWorkers(): number {
    const { progress, alive, recordings } = this.run;
    const now = performance.now() / 1000;
    if (this.start === 0) {
      if (alive.some((chain) => recordings[chain].iteration === 0)) return 0;
      this.start = now;
      this.startProgress = progress;
    }
    const spent = now - this.start;
    if (spent < TRIAL) return 0;
    const left = (spent * (1 - progress)) / (progress - this.startProgress);
    return left * (1 - 1 / this.threads);
  }
}

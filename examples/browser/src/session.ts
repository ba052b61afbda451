/** A run that can be stopped and taken up again. */
import { type Fit, type NewDraws, nuts, type Progress, type Samplable } from 'credence';

export interface Listener {
  draws(draws: NewDraws): void;
  progress(progress: Progress): void;
}

export const CHAINS = 4;
const WARMUP = 1000;

/** What ends a run that is stopped; sampling hangs the fit so far onto it. */
class Stopped extends Error {
  declare readonly partial?: Fit;
}

export class Session {
  /** The draws so far; undefined before the first. */
  fit: Fit | undefined;
  private controller = new AbortController();

  constructor(
    private readonly posterior: Samplable,
    private readonly draws: number,
    private readonly seed: number,
    private readonly listener: Listener,
  ) {}

  /**
   * Samples until all draws are made or `stop` is called; called again, it goes on where it stopped.
   *
   * @returns whether all draws are made
   */
  async run(): Promise<boolean> {
    this.controller = new AbortController();
    const { signal } = this.controller;
    const listeners = {
      signal,
      onDraws: (draws: NewDraws) => this.listener.draws(draws),
      onProgress: (progress: Progress) => this.listener.progress(progress),
    };
    try {
      this.fit =
        this.fit === undefined
          ? await nuts(this.posterior, {
              ...{ chains: CHAINS, warmup: WARMUP, draws: this.draws, seed: this.seed },
              // Some at a time, so that chains can be compared early; the page's own thread has pictures to draw.
              workers: Math.max(2, Math.min(CHAINS, navigator.hardwareConcurrency - 1)),
              ...listeners,
            })
          : await this.fit.continue({ draws: this.draws - this.fit.drawsPerChain, ...listeners });
      return true;
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.fit = error.partial ?? this.fit;
      return false;
    }
  }

  stop(): void {
    this.controller.abort(new Stopped());
  }
}

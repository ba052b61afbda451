/** Runs chains in workers: each takes the next chain when it has done with one. */

import { chainWorkerSource } from '../../build/chain-worker';
import type { Run } from './run';
import { Crew } from './worker/crew';
import type { FromWorker, PortableDensity } from './worker/protocol';
import type { Thread } from './worker/spawn';

/** A chain that waits to be run: its number, and all there is to it. */
export interface Waiting {
  readonly chain: number;
  readonly state: Uint8Array;
}

/** What every worker is given. */
export interface Load {
  readonly module: WebAssembly.Module;
  readonly density: PortableDensity;
}

/** Workers that stay from one goal of the run to the next. */
export class Pool {
  private readonly crew: Crew<Waiting>;

  constructor(
    private readonly run: Run,
    load: Load,
    size: number,
  ) {
    const { options, quantities, selection, settings } = run;
    const interval = options.checkpoint?.interval ?? Infinity;
    this.crew = new Crew<Waiting>(
      {
        worker: options.worker,
        source: chainWorkerSource,
        load: {
          type: 'load',
          ...load,
          chains: { settings, quantities, columns: selection.columns, interval },
        },
        order: (waiting) => ({ type: 'run', ...waiting, draws: run.goal }),
        hear: (_, message, thread) => this.hear(message, thread),
        lost: ({ chain }, why) => run.fail(chain, why),
      },
      size,
    );
    run.whenHalted(() => this.crew.halt());
  }

  /** Why the last worker died. */
  get reason(): string {
    return this.crew.reason;
  }

  /**
   * Brings chains to the run's goal, until all are there or lost, or the run must end. Returns those that no worker
   * ever took because none came to life.
   */
  async bring(waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    return this.run.halted ? [] : this.crew.bring(waiting);
  }

  close(): void {
    this.crew.close();
  }

  private hear(message: FromWorker, thread: Thread): boolean {
    const { run } = this;
    if (message.type === 'batch') {
      run.add(message.chain, message.batch);
      if (message.state !== undefined) run.save(message.chain, message.state);
      thread.send({ type: 'taken' });
    } else if (message.type === 'done') {
      run.recordings[message.chain].metricRoot = message.metricRoot;
      run.save(message.chain, message.state);
      return true;
    }
    return false;
  }
}

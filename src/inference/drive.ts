/** Brings all chains of a run to the same number of draws, here or in workers, wherever it is best. */

import type { Chain } from './chain';
import { Forecast } from './forecast';
import { runInline } from './inline';
import { type Load, Pool } from './pool';
import type { Run } from './run';
import { processors } from './threads';

/** Seconds that workers must save to be worth their while. */
const WORTHWHILE = 0.15;

export class Drive {
  private pool: Pool | undefined;
  private inlineOnly: boolean;

  /**
   * @param chains by number, in an instance of the calling thread
   * @param load what workers are given; undefined when the density cannot leave the calling thread
   */
  constructor(
    private readonly run: Run,
    readonly chains: Map<number, Chain>,
    private readonly load: Load | undefined,
  ) {
    this.inlineOnly = load === undefined;
  }

  /** Brings the chains to the run's goal, unless the run must end. */
  async bring(): Promise<void> {
    const { run, chains } = this;
    for (const recording of run.recordings) recording.reserve(run.goal);
    if (this.pool !== undefined) {
      await this.bringByPool(this.pool);
      return;
    }
    const automatic = run.options.workers === 'auto';
    const threads = automatic ? await processors() : (run.options.workers as number);
    if (this.inlineOnly || threads === 0 || (automatic && (threads === 1 || chains.size === 1))) {
      return runInline(run, chains, () => false);
    }
    if (automatic) {
      const forecast = new Forecast(run, Math.min(threads, chains.size));
      await runInline(run, chains, () => forecast.savedByWorkers() > WORTHWHILE);
      if (run.halted || [...chains.values()].every((chain) => chain.reached(run.goal))) return;
    }
    for (const [index, chain] of chains) run.save(index, chain.save());
    const pool = new Pool(run, this.load!, threads);
    this.pool = pool;
    const untouched = await this.bringByPool(pool);
    if (untouched === 0) return chains.clear();
    pool.close();
    if (!automatic) {
      throw new Error(
        `no worker could be started: ${pool.reason}; with workers: 0 the chains run in the calling thread`,
      );
    }
    this.pool = undefined;
    this.inlineOnly = true;
    return runInline(run, chains, () => false);
  }

  /** Hands over what the run is to remember of its chains. */
  finish(): void {
    for (const [index, chain] of this.chains) {
      if (chain.warm) this.run.recordings[index].metricRoot = chain.metricRoot();
      this.run.save(index, chain.save());
    }
  }

  close(): void {
    this.pool?.close();
  }

  /** How many chains no worker ever took. */
  private async bringByPool(pool: Pool): Promise<number> {
    const { run } = this;
    const waiting = run.alive
      .map((chain) => run.recordings[chain])
      .filter(({ snapshot }) => snapshot !== undefined && snapshot.draws < run.goal)
      .map(({ chain, snapshot }) => ({ chain, state: snapshot!.state }));
    return (await pool.bring(waiting)).length;
  }
}

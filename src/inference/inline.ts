/** Runs chains in the calling thread, a batch of each in turn, letting the host breathe in between. */

import { breathe } from './breathe';
import { type Chain, ChainBroken } from './chain';
import { Pace } from './pace';
import type { Run } from './run';
import { takeColumns } from './take-columns';

/**
 * Brings chains (by number) to the run's goal, unless the run must end or `enough` says so after a batch. Chains that
 * fail are removed from the map.
 */
export async function runInline(run: Run, chains: Map<number, Chain>, enough: () => boolean): Promise<void> {
  const pace = new Pace();
  const interval = 1000 * (run.options.checkpoint?.interval ?? Infinity);
  const saved = new Map<number, number>();
  let pending = [...chains].filter(([, chain]) => !chain.reached(run.goal));
  while (pending.length > 0) {
    for (const [index, chain] of pending) {
      const recording = run.recordings[index];
      try {
        const batch = chain.advance(pace.gradients, run.goal);
        pace.update(batch.gradients - recording.gradients, batch.seconds);
        const records = takeColumns(batch.records, chain.width, run.selection.columns);
        run.add(index, { ...batch, records });
        if (batch.stopped !== undefined) {
          run.fail(index, batch.stopped);
          chains.delete(index);
        } else if (performance.now() - (saved.get(index) ?? -Infinity) >= interval) {
          run.save(index, chain.save());
          saved.set(index, performance.now());
        }
      } catch (error) {
        if (!(error instanceof ChainBroken)) throw error;
        run.fail(index, error.message);
        chains.delete(index);
      }
      await breathe();
      if (run.halted || enough()) return;
    }
    pending = pending.filter(([index, chain]) => chains.has(index) && !chain.reached(run.goal));
  }
}

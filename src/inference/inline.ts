/** Runs chains in the calling thread, a batch of each in turn, letting the host breathe in between. */

import { type Chain, ChainBroken } from './chain';
import { Pace } from './pace';
import type { Run } from './run';

/**
 * Runs chains (by number) until all are done, the caller aborts, or `enough` says so after a batch. Finished
 * and failed chains are removed from the map; what stays in it can go on elsewhere.
 */
export async function runInline(run: Run, chains: Map<number, Chain>, enough: () => boolean): Promise<void> {
  const pace = new Pace();
  while (chains.size > 0) {
    for (const [index, chain] of chains) {
      const recording = run.recordings[index];
      try {
        const batch = chain.advance(pace.gradients);
        pace.update(batch.gradients - recording.gradients, batch.seconds);
        run.add(index, batch);
        if (batch.stopped !== undefined) {
          run.fail(index, batch.stopped);
          chains.delete(index);
        } else if (chain.finished) {
          recording.metricRoot = chain.metricRoot();
          chains.delete(index);
        }
      } catch (error) {
        if (!(error instanceof ChainBroken)) throw error;
        run.fail(index, error.message);
        chains.delete(index);
      }
      await breathe();
      if (run.aborted || enough()) return;
    }
  }
}

/** Lets timers, input and messages have their turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
    } else {
      // A message comes at once, where nested timers would wait 4 ms.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (): void => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    }
  });
}

/** Runs chains in workers: each takes the next chain when it has done with one. */

import type { Run } from './run';
import type { PortableDensity } from './worker/protocol';
import { Thread } from './worker/spawn';

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

/**
 * Runs chains in up to `count` workers until all are done or lost, or the caller aborts. Returns those that
 * no worker ever took because none came to life, with the reason.
 */
export async function runInWorkers(
  run: Run,
  load: Load,
  waiting: readonly Waiting[],
  count: number,
): Promise<{ readonly untouched: readonly Waiting[]; readonly reason: string }> {
  const queue = [...waiting];
  const everTaken = new Set<number>();
  const threads: Thread[] = [];
  let reason = '';

  /** One worker's life: until the queue is empty or it dies. */
  const employ = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let current: Waiting | undefined;
      let over = false;
      const thread = Thread.spawn(run.options.worker, {
        message(message) {
          if (over) return;
          guard(() => {
            if (message.type === 'batch') {
              run.add(message.chain, message.batch);
            } else if (message.type === 'failed' && message.chain === undefined) {
              died(message.message);
            } else {
              if (message.type === 'done') run.recordings[message.chain].metricRoot = message.metricRoot;
              if (message.type === 'failed') run.fail(message.chain!, message.message);
              next();
            }
          });
        },
        died,
      });
      thread.then(
        (made) => {
          threads.push(made);
          if (over) return;
          made.send({ type: 'load', ...load, settings: run.settings, quantities: run.quantities });
        },
        (error: unknown) => died(error instanceof Error ? error.message : String(error)),
      );

      function next(): void {
        current = queue.shift();
        if (current === undefined) return end();
        everTaken.add(current.chain);
        const { chain, state } = current;
        thread.then((made) => made.send({ type: 'run', chain, state }));
      }
      function died(why: string): void {
        if (over) return;
        reason = why;
        if (current !== undefined) run.fail(current.chain, `its worker died: ${why}`);
        const lived = current !== undefined;
        over = true;
        // A chain was its undoing; the chains that still wait get another worker.
        resolve(lived && queue.length > 0 && !run.aborted ? employ() : undefined);
      }
      function end(): void {
        over = true;
        resolve();
      }
      /** An exception of the caller's own callback ends the run. */
      function guard(action: () => void): void {
        try {
          action();
        } catch (error) {
          over = true;
          reject(error as Error);
        }
      }
    });

  const { signal } = run.options;
  let stopWaiting = (): void => {};
  const abandoned = new Promise<void>((resolve) => {
    stopWaiting = resolve;
    signal?.addEventListener('abort', stopWaiting);
  });
  try {
    const employed = Array.from({ length: Math.min(count, waiting.length) }, employ);
    await Promise.race([Promise.all(employed), abandoned]);
  } finally {
    signal?.removeEventListener('abort', stopWaiting);
    for (const thread of threads) thread.stop();
  }
  if (run.aborted) return { untouched: [], reason };
  if (everTaken.size === 0) return { untouched: queue, reason };
  for (const { chain } of queue) run.fail(chain, `no worker was left to run it: ${reason}`);
  return { untouched: [], reason };
}

/** Does tasks that need nothing of each other, here or in workers, wherever it is best; the results are the same. */

import { type FullExports, type Instance, loadFullModule } from '../backend/wasm';
import type { Target } from '../target/target';
import { breathe } from './breathe';
import type { RunOptions } from './options';
import { processors } from './threads';
import { Crew } from './worker/crew';
import { portable } from './worker/portable';
import { doTask, type Task, type TaskResult } from './worker/task';

/** Where tasks are done, and for whom. */
export interface Site {
  /** Name that errors begin with. */
  readonly caller: string;
  /** The target, loaded in the calling thread. */
  readonly instance: Instance<FullExports>;
  readonly target: Target;
  readonly options: Pick<RunOptions, 'signal' | 'workers' | 'worker'>;
}

/** Told as tasks go on, by their numbers; what these throw ends it all. */
export interface Listeners<R> {
  news?(task: number, iteration: number, logDensity: number): void;
  done?(task: number, outcome: Outcome<R>): void;
}

/** What a task came to, or why it came to nothing. */
export type Outcome<R> = { readonly result: R } | { readonly failure: string };

/** Milliseconds of work in the calling thread after which workers are worth their while. */
const TRIAL = 100;
/** Ends a task of the calling thread that workers are to do. */
const HANDED_OVER = Symbol('handed over');

/**
 * Does the tasks; with workers 'auto' it begins in the calling thread, and what is not done after 100 ms goes to workers.
 *
 * @throws Error when no worker could be made although a number of them was asked for, or when all tasks were lost
 * @throws what the signal says when it is aborted
 */
export async function spread<R extends TaskResult>(
  site: Site,
  tasks: readonly Task[],
  listeners: Listeners<R>,
): Promise<readonly Outcome<R>[]> {
  const { caller, target, options } = site;
  const outcomes = new Array<Outcome<R> | undefined>(tasks.length).fill(undefined);
  const settle = (task: number, outcome: Outcome<R>): void => {
    outcomes[task] = outcome;
    listeners.done?.(task, outcome);
  };
  const left = (): number[] => [...tasks.keys()].filter((task) => outcomes[task] === undefined);
  const automatic = options.workers === 'auto';
  const threads = automatic ? await processors() : (options.workers as number);
  const density = portable(target);
  const pays = density !== undefined && threads > (automatic ? 1 : 0);
  if (!pays || automatic) {
    await doHere(site, tasks, left(), listeners, settle, pays ? TRIAL : Infinity);
  }
  if (density !== undefined && left().length > 0) {
    const module = await loadFullModule();
    const { signal, worker } = options;
    const crew = new Crew<number>(
      {
        worker,
        load: { type: 'load', module, density, chains: undefined },
        order: (task) => ({ type: 'task', task: tasks[task] }),
        hear: (task, message) => {
          if (message.type === 'news') listeners.news?.(task, message.iteration, message.logDensity);
          if (message.type === 'answer') settle(task, { result: message.result as R });
          return message.type === 'answer';
        },
        lost: (task, failure) => settle(task, { failure }),
      },
      threads,
    );
    const abort = (): void => crew.fail(signal!.reason);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', abort);
    try {
      const untouched = await crew.bring(left());
      if (untouched.length > 0 && !automatic) {
        throw new Error(
          `${caller}: no worker could be started: ${crew.reason}; with workers: 0 all is done in the calling thread`,
        );
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      crew.close();
    }
    await doHere(site, tasks, left(), listeners, settle, Infinity);
  }
  const all = outcomes as Outcome<R>[];
  const failures = all.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []));
  if (failures.length === all.length) throw new Error(`${caller}: no start survived: ${failures[0]}`);
  return all;
}

/** Does tasks in the calling thread, as long as time allows; the last one is not given up. */
async function doHere<R extends TaskResult>(
  { instance, options: { signal } }: Site,
  tasks: readonly Task[],
  which: readonly number[],
  listeners: Listeners<R>,
  settle: (task: number, outcome: Outcome<R>) => void,
  milliseconds: number,
): Promise<void> {
  const end = performance.now() + milliseconds;
  for (const task of which) {
    const late = (): boolean => performance.now() > end && task !== which.at(-1);
    try {
      const result = doTask(instance, tasks[task], (iteration, logDensity) => {
        signal?.throwIfAborted();
        listeners.news?.(task, iteration, logDensity);
        if (late()) throw HANDED_OVER;
      });
      settle(task, { result: result as R });
    } catch (error) {
      if (error !== HANDED_OVER) throw error;
    }
    if (late()) return;
    await breathe();
    signal?.throwIfAborted();
  }
}

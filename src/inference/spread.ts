/** Does tasks that need nothing of each other, here or in workers, wherever it is best; the results are the same. */

import { workerSource } from '../../build/worker';
import { type FullExports, type Instance, loadFullModule } from '../backend/wasm';
import type { Target } from '../target/target';
import { breathe } from './breathe';
import { ChainBroken } from './chain';
import type { RunOptions } from './options';
import type { Path } from './tempered/path';
import { processors } from './threads';
import { Crew } from './worker/crew';
import { portable } from './worker/portable';
import { doTask, type NewsOf, type ResultOf, type Task } from './worker/task';

/** Where tasks are done, and for whom. */
export interface Site {
  /** Name that errors begin with. */
  readonly caller: string;
  /** What each task is to the caller's user, in one word. */
  readonly word: 'start' | 'path' | 'chain';
  /** The target, loaded in the calling thread. */
  readonly instance: Instance<FullExports>;
  readonly target: Target;
  /** The target's path, for tasks that move along it. */
  readonly path?: Path;
  readonly options: Pick<RunOptions, 'signal' | 'workers' | 'worker'>;
}

/** Told as tasks go on, by their numbers; what these throw ends it all. */
export interface Listeners<T extends Task> {
  news?(task: number, news: NewsOf<T>): void;
  done?(task: number, outcome: Outcome<ResultOf<T>>): void;
}

/** What a task came to, or why it came to nothing. */
export type Outcome<R> = { readonly result: R } | { readonly failure: string };

/** Milliseconds of work in the calling thread after which workers are worth their while. */
const TRIAL = 100;
/** Ends a task of the calling thread that workers are to do. */
const HANDED_OVER = Symbol('handed over');

/** Does tasks; throws as `Workshop.bring` does. */
export async function spread<T extends Task>(
  site: Site,
  tasks: readonly T[],
  listeners: Listeners<T>,
): Promise<readonly Outcome<ResultOf<T>>[]> {
  const workshop = new Workshop<T>(site);
  try {
    return await workshop.bring(tasks, listeners);
  } finally {
    workshop.close();
  }
}

/** Tasks of one lot. */
interface Lot<T extends Task> {
  readonly tasks: readonly T[];
  readonly listeners: Listeners<T>;
  readonly outcomes: (Outcome<ResultOf<T>> | undefined)[];
}

/** Does one lot of tasks after another; with workers 'auto' it begins in the calling thread, and moves to workers after 100 ms. */
export class Workshop<T extends Task> {
  private crew: Crew<number> | undefined;
  /** Milliseconds that may still be spent in the calling thread before workers take over. */
  private trial = TRIAL;
  private lot!: Lot<T>;
  private readonly onAbort = (): void => this.crew?.fail(this.site.options.signal!.reason);

  constructor(private readonly site: Site) {
    site.options.signal?.addEventListener('abort', this.onAbort);
  }

  /**
   * Does the tasks of a lot.
   *
   * @throws Error when no worker could be made although a number of them was asked for, or when all tasks were lost
   * @throws what the signal says when it is aborted
   */
  async bring(tasks: readonly T[], listeners: Listeners<T>): Promise<readonly Outcome<ResultOf<T>>[]> {
    const { caller, word, target, options } = this.site;
    const lot: Lot<T> = { tasks, listeners, outcomes: new Array(tasks.length).fill(undefined) };
    this.lot = lot;
    const automatic = options.workers === 'auto';
    const threads = automatic ? await processors() : (options.workers as number);
    const pays = portable(target) !== undefined && threads > (automatic ? 1 : 0);
    if (!pays) await this.doHere(Infinity);
    else {
      if (automatic && this.trial > 0) await this.doHere(this.trial);
      if (this.left().length > 0) await this.hire(threads, automatic);
    }
    const all = lot.outcomes as Outcome<ResultOf<T>>[];
    const failures = all.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []));
    if (failures.length === all.length) throw new Error(`${caller}: no ${word} survived: ${failures[0]}`);
    return all;
  }

  close(): void {
    this.site.options.signal?.removeEventListener('abort', this.onAbort);
    this.crew?.close();
  }

  /** Numbers of the tasks that are not done. */
  private left(): number[] {
    const { tasks, outcomes } = this.lot;
    return [...tasks.keys()].filter((task) => outcomes[task] === undefined);
  }

  private settle(task: number, outcome: Outcome<ResultOf<T>>): void {
    this.lot.outcomes[task] = outcome;
    this.lot.listeners.done?.(task, outcome);
  }

  /** Has workers do what is left. */
  private async hire(threads: number, automatic: boolean): Promise<void> {
    const { caller, options } = this.site;
    this.crew ??= await this.makeCrew(threads);
    options.signal?.throwIfAborted();
    const untouched = await this.crew.bring(this.left());
    if (untouched.length === 0) return;
    if (!automatic) {
      throw new Error(
        `${caller}: no worker could be started: ${this.crew.reason}; with workers: 0 all is done in the calling thread`,
      );
    }
    this.trial = Infinity;
    await this.doHere(Infinity);
  }

  private async makeCrew(threads: number): Promise<Crew<number>> {
    const module = await loadFullModule();
    const density = portable(this.site.target)!;
    return new Crew<number>(
      {
        worker: this.site.options.worker,
        source: workerSource,
        load: { type: 'load', module, density, chains: undefined },
        order: (task) => ({ type: 'task', task: this.lot.tasks[task] }),
        hear: (task, message) => {
          if (message.type === 'news') this.lot.listeners.news?.(task, message.news as NewsOf<T>);
          if (message.type === 'answer') this.settle(task, { result: message.result as ResultOf<T> });
          return message.type === 'answer';
        },
        lost: (task, failure) => this.settle(task, { failure }),
      },
      threads,
    );
  }

  /** Does what is left in the calling thread, as long as time allows; the last task is not given up. */
  private async doHere(milliseconds: number): Promise<void> {
    const { instance, path, options } = this.site;
    const place = { instance, ...(path && { path: async () => path }) };
    const which = this.left();
    const began = performance.now();
    const late = (task: number): boolean => performance.now() - began > milliseconds && task !== which.at(-1);
    for (const task of which) {
      const pause = async (): Promise<void> => {
        await breathe();
        options.signal?.throwIfAborted();
        if (late(task)) throw HANDED_OVER;
      };
      try {
        const result = await doTask(place, this.lot.tasks[task], {
          news: (news) => {
            options.signal?.throwIfAborted();
            this.lot.listeners.news?.(task, news);
            if (late(task)) throw HANDED_OVER;
          },
          breathe: pause,
        });
        this.settle(task, { result });
      } catch (error) {
        if (error instanceof ChainBroken) this.settle(task, { failure: error.message });
        else if (error !== HANDED_OVER) throw error;
      }
      if (late(task)) break;
      await breathe();
      options.signal?.throwIfAborted();
    }
    this.trial -= performance.now() - began;
  }
}

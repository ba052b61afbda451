/** What a worker can do besides running chains: tasks of plain data. */

import type { FullExports } from '../../backend/wasm/exports-full';
import type { Instance } from '../../backend/wasm/instance';
import { ascend, type AscentTask } from '../optimize/ascend';
import type { Ascent } from '../optimize/lbfgs';
import { followPath, type PathTask, type SavedPath } from '../pathfinder/path';
import {
  advanceEnsemble,
  type EnsembleNews,
  type EnsembleRound,
  type EnsembleTask,
} from '../tempered/ensemble';
import { leadParticles, type ParticleRun, type ParticleTask, type StageNews } from '../tempered/particles';
import type { Path } from '../tempered/path';
import type { TaskHost } from './task-host';

/** How far an optimiser is. */
export interface AscentNews {
  readonly iteration: number;
  readonly logDensity: number;
}

/** Each kind of task, what it comes to, and what it tells on its way. */
interface Kinds {
  readonly ascent: { task: AscentTask; result: Ascent; news: AscentNews };
  /** Undefined: there is no usable Gaussian along the path. */
  readonly path: { task: PathTask; result: SavedPath | undefined; news: AscentNews };
  readonly ensemble: { task: EnsembleTask; result: EnsembleRound; news: EnsembleNews };
  readonly particles: { task: ParticleTask; result: ParticleRun; news: StageNews };
}

export type Task = Kinds[keyof Kinds]['task'];
export type ResultOf<T extends Task> = Kinds[T['kind']]['result'];
export type NewsOf<T extends Task> = Kinds[T['kind']]['news'];

/** Where tasks are done. */
export interface Workplace {
  readonly instance: Instance<FullExports>;
  /** For tasks that move along it: in the same instance, or in another. */
  path?(reference: string | undefined): Promise<Path>;
}

/** @throws ChainBroken when the task comes to nothing, and what the host throws */
export async function doTask<T extends Task>(
  place: Workplace,
  task: T,
  host: TaskHost<NewsOf<T>>,
): Promise<ResultOf<T>> {
  if (task.kind === 'ensemble' || task.kind === 'particles') {
    const path = await place.path!(task.reference);
    return tolerantly(path.instance, () => alongPath(path, task, host)) as Promise<ResultOf<T>>;
  }
  const { instance } = place;
  return tolerantly(instance, () => climb(instance, task, host as TaskHost<AscentNews>)) as Promise<
    ResultOf<T>
  >;
}

function climb(
  instance: Instance<FullExports>,
  task: AscentTask | PathTask,
  host: TaskHost<AscentNews>,
): Ascent | SavedPath | undefined {
  const onBatch = (iteration: number, logDensity: number): void => host.news({ iteration, logDensity });
  return task.kind === 'ascent'
    ? ascend(instance, task, onBatch)
    : followPath(instance, task.from, task, task.stream, onBatch)?.save();
}

function alongPath(
  path: Path,
  task: EnsembleTask | ParticleTask,
  host: TaskHost<NewsOf<Task>>,
): Promise<EnsembleRound | ParticleRun> {
  return task.kind === 'ensemble' ? advanceEnsemble(path, task, host) : leadParticles(path, task, host);
}

/** Exceptions of a density count as a log density of −∞ meanwhile. */
async function tolerantly<R>(instance: Instance<FullExports>, action: () => R | Promise<R>): Promise<R> {
  instance.tolerant = true;
  try {
    return await action();
  } finally {
    instance.tolerant = false;
  }
}

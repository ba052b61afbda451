/** What a worker can do besides running chains: tasks of plain data, each answered at once. */

import type { FullExports } from '../../backend/wasm/exports-full';
import type { Instance } from '../../backend/wasm/instance';
import { ascend, type AscentTask } from '../optimize/ascend';
import type { Ascent } from '../optimize/lbfgs';
import { followPath, type PathTask, type SavedPath } from '../pathfinder/path';

export type Task = AscentTask | PathTask;
/** Undefined: of a path along which there is no usable Gaussian. */
export type TaskResult = Ascent | SavedPath | undefined;

/** @param onBatch called between batches of iterations; what it throws ends the task */
export function doTask(
  instance: Instance<FullExports>,
  task: Task,
  onBatch: (iteration: number, logDensity: number) => void,
): TaskResult {
  instance.tolerant = true;
  try {
    return task.kind === 'ascent'
      ? ascend(instance, task, onBatch)
      : followPath(instance, task.from, task, task.stream, onBatch)?.save();
  } finally {
    instance.tolerant = false;
  }
}

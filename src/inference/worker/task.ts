/** What a worker can do besides running chains: tasks of plain data, each answered at once. */

import type { FullExports } from '../../backend/wasm/exports-full';
import type { Instance } from '../../backend/wasm/instance';
import { ascend, type AscentTask } from '../optimize/ascend';
import type { Ascent } from '../optimize/lbfgs';
import type { NewtonAscent } from '../optimize/newton';

export type Task = AscentTask;
export type TaskResult = Ascent | NewtonAscent;

/** @param onBatch called between batches of iterations; what it throws ends the task */
export function doTask(
  instance: Instance<FullExports>,
  task: Task,
  onBatch: (iteration: number, logDensity: number) => void,
): TaskResult {
  return ascend(instance, task, onBatch);
}

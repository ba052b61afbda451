/** How a worker does tasks. */

import { modulePath, type Path, programPath } from '../tempered/path';
import type { Perform, Setting } from './serve';
import { doTask } from './task';

/** Milliseconds between two news of a task; stages are always told of. */
const PACE = 20;

/** The path of the density that is loaded: all tasks have the same. */
let path: Promise<Path> | undefined;

export const perform: Perform = async (setting, task, post) => {
  let told = -Infinity;
  const place = {
    instance: setting.instance,
    path: (reference: string | undefined) => (path ??= pathOf(setting, reference)),
  };
  const result = await doTask(place, task, {
    news: (news) => {
      const now = performance.now();
      if (task.kind !== 'particles' && now - told < PACE) return;
      told = now;
      post({ type: 'news', news });
    },
    // Whoever wants the task to end, ends the worker.
    breathe: () => Promise.resolve(),
  });
  post({ type: 'answer', result });
};

async function pathOf({ density, module, instance }: Setting, reference: string | undefined): Promise<Path> {
  return density.kind === 'program' ? programPath(instance) : modulePath(module, density, reference);
}

/** What a worker does: loads one density, then runs the chains or does the tasks it is sent. */

import type { FullExports } from '../../backend/wasm/exports-full';
import { Instance } from '../../backend/wasm/instance';
import { breathe } from '../breathe';
import { Chain } from '../chain';
import { loadFunction } from '../module-function';
import { Pace } from '../pace';
import { takeColumns } from '../take-columns';
import type { FromWorker, ToWorker } from './protocol';

export type Post = (message: FromWorker, transfer?: ArrayBuffer[]) => void;

type LoadMessage = ToWorker & { type: 'load' };

/** A density that is loaded; the core module knows what chains need of these exports, the full one all. */
export interface Setting extends LoadMessage {
  readonly instance: Instance<FullExports>;
}

/** Does a task of the setting. */
export type Perform = (
  setting: Setting,
  task: (ToWorker & { type: 'task' })['task'],
  post: Post,
) => Promise<void>;

/** Batches that may be on their way before the calling thread has taken the first of them in. */
const AHEAD = 4;

/** Answers messages one after another, except for those about the chain that is running. */
export function serve(post: Post, perform?: Perform): (message: ToWorker) => void {
  let setting: Setting | undefined;
  /** All chains take the same place, one after the other. */
  let chain: Chain | undefined;
  let stopping = false;
  let onTheirWay = 0;
  let onTaken = (): void => {};

  const load = async (message: LoadMessage): Promise<void> => {
    const { density } = message;
    const instance = await Instance.create<FullExports>(
      message.module,
      density.kind === 'program'
        ? density
        : { kind: 'function', dimension: density.dimension, density: await loadFunction(density) },
    );
    instance.tolerant = true;
    setting = { ...message, instance };
    post({ type: 'ready' });
  };

  const run = async ({ chain: number, state, draws }: ToWorker & { type: 'run' }): Promise<void> => {
    const { instance } = setting!;
    const { settings, quantities, columns, interval } = setting!.chains!;
    if (chain === undefined) chain = Chain.restore(instance, settings, quantities, state);
    else chain.load(state);
    const pace = new Pace();
    let gradients = instance.exports.chainGradients(chain.pointer);
    let saved = -Infinity;
    while (!chain.reached(draws) && !stopping) {
      const batch = chain.advance(pace.gradients, draws);
      pace.update(batch.gradients - gradients, batch.seconds);
      gradients = batch.gradients;
      const records = takeColumns(batch.records, chain.width, columns);
      const due = performance.now() - saved >= 1000 * interval;
      if (due) saved = performance.now();
      post(
        { type: 'batch', chain: number, batch: { ...batch, records }, state: due ? chain.save() : undefined },
        [records.buffer],
      );
      if (batch.stopped !== undefined) throw new Error(batch.stopped);
      onTheirWay++;
      await breathe();
      while (onTheirWay > AHEAD && !stopping) await new Promise<void>((resolve) => (onTaken = resolve));
    }
    const metricRoot = chain.warm ? chain.metricRoot() : undefined;
    post({ type: 'done', chain: number, state: chain.save(), metricRoot });
  };

  let queue = Promise.resolve();
  return (message) => {
    if (message.type === 'taken') {
      onTheirWay--;
      return onTaken();
    }
    if (message.type === 'stop') {
      stopping = true;
      return onTaken();
    }
    queue = queue
      .then(() => {
        if (message.type === 'load') return load(message);
        return message.type === 'run' ? run(message) : perform!(setting!, message.task, post);
      })
      .catch((error: unknown) => {
        post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      });
  };
}

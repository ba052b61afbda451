/** The script of a worker: loads one density, then runs the chains or does the tasks it is sent. */

import type { FullExports } from '../../backend/wasm/exports-full';
import { Instance } from '../../backend/wasm/instance';
import { breathe } from '../breathe';
import { Chain } from '../chain';
import { loadFunction } from '../module-function';
import { Pace } from '../pace';
import { takeColumns } from '../take-columns';
import { builtin, inNode } from '../../backend/wasm/host';
import type { ChainsLoad, FromWorker, ToWorker } from './protocol';
import { doTask } from './task';

type Post = (message: FromWorker, transfer: ArrayBuffer[]) => void;

/** Batches that may be on their way before the calling thread has taken the first of them in. */
const AHEAD = 4;
/** Milliseconds between two news of a task. */
const PACE = 20;

/** Answers messages one after another, except for those about the chain that is running. */
function serve(post: Post): (message: ToWorker) => void {
  /** The core module knows what chains need of these exports, the full one all. */
  let setting: { instance: Instance<FullExports>; load: ChainsLoad | undefined } | undefined;
  /** All chains take the same place, one after the other. */
  let chain: Chain | undefined;
  let stopping = false;
  let onTheirWay = 0;
  let onTaken = (): void => {};

  const load = async (message: ToWorker & { type: 'load' }): Promise<void> => {
    const { density } = message;
    const instance = await Instance.create<FullExports>(
      message.module,
      density.kind === 'program'
        ? density
        : { kind: 'function', dimension: density.dimension, density: await loadFunction(density) },
    );
    instance.tolerant = true;
    setting = { instance, load: message.chains };
    post({ type: 'ready' }, []);
  };

  const run = async ({ chain: number, state, draws }: ToWorker & { type: 'run' }): Promise<void> => {
    const { instance } = setting!;
    const load = setting!.load!;
    if (chain === undefined) chain = Chain.restore(instance, load.settings, load.quantities, state);
    else chain.load(state);
    const pace = new Pace();
    let gradients = instance.exports.chainGradients(chain.pointer);
    let saved = -Infinity;
    while (!chain.reached(draws) && !stopping) {
      const batch = chain.advance(pace.gradients, draws);
      pace.update(batch.gradients - gradients, batch.seconds);
      gradients = batch.gradients;
      const records = takeColumns(batch.records, chain.width, load.columns);
      const due = performance.now() - saved >= 1000 * load.interval;
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
    post({ type: 'done', chain: number, state: chain.save(), metricRoot }, []);
  };

  const perform = ({ task }: ToWorker & { type: 'task' }): void => {
    let told = -Infinity;
    const result = doTask(setting!.instance, task, (iteration, logDensity) => {
      const now = performance.now();
      if (now - told < PACE) return;
      told = now;
      post({ type: 'news', iteration, logDensity }, []);
    });
    post({ type: 'answer', result }, []);
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
        return message.type === 'run' ? run(message) : perform(message);
      })
      .catch((error: unknown) => {
        post({ type: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
      });
  };
}

interface Port {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: ToWorker) => void): void;
}

if (inNode()) {
  builtin<{ parentPort: Port }>('node:worker_threads').then(({ parentPort }) => {
    parentPort.on(
      'message',
      serve((message, transfer) => parentPort.postMessage(message, transfer)),
    );
  });
} else {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const answer = serve((message, transfer) => scope.postMessage(message, transfer));
  scope.onmessage = (event: MessageEvent<ToWorker>): void => answer(event.data);
}

/** The part of a web worker's scope used here (the DOM library has no worker scope). */
interface DedicatedWorkerGlobalScope {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

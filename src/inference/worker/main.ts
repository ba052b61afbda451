/** The script of a worker: loads one density, then runs the chains it is sent. */

import { Instance } from '../../backend/wasm/instance';
import { breathe } from '../breathe';
import { Chain } from '../chain';
import { loadFunction } from '../module-function';
import { Pace } from '../pace';
import { takeColumns } from '../take-columns';
import { builtin, inNode } from '../../backend/wasm/host';
import type { FromWorker, ToWorker } from './protocol';

type Post = (message: FromWorker, transfer: ArrayBuffer[]) => void;

/** Batches that may be on their way before the calling thread has taken the first of them in. */
const AHEAD = 4;

/** Answers messages one after another, except for those about the chain that is running. */
function serve(post: Post): (message: ToWorker) => void {
  let setting: { instance: Instance; load: ToWorker & { type: 'load' } } | undefined;
  /** All chains take the same place, one after the other. */
  let chain: Chain | undefined;
  let stopping = false;
  let onTheirWay = 0;
  let onTaken = (): void => {};

  const load = async (message: ToWorker & { type: 'load' }): Promise<void> => {
    const { density } = message;
    const instance = await Instance.create(
      message.module,
      density.kind === 'program'
        ? density
        : { kind: 'function', dimension: density.dimension, density: await loadFunction(density) },
    );
    instance.tolerant = true;
    setting = { instance, load: message };
    post({ type: 'ready' }, []);
  };

  const run = async ({ chain: number, state, draws }: ToWorker & { type: 'run' }): Promise<void> => {
    const { instance, load } = setting!;
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
    const chain = message.type === 'run' ? message.chain : undefined;
    queue = queue
      .then(() => (message.type === 'load' ? load(message) : run(message)))
      .catch((error: unknown) => {
        post({ type: 'failed', chain, message: error instanceof Error ? error.message : String(error) }, []);
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

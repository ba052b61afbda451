/** The script of a worker: loads one density, then runs the chains it is sent. */

import { Instance } from '../../backend/wasm/instance';
import { Chain } from '../chain';
import { loadFunction } from '../module-function';
import { Pace } from '../pace';
import { builtin, inNode } from '../../backend/wasm/host';
import type { FromWorker, ToWorker } from './protocol';

type Post = (message: FromWorker, transfer: ArrayBuffer[]) => void;

/** Answers messages one after another. */
function serve(post: Post): (message: ToWorker) => void {
  let setting: { instance: Instance; load: ToWorker & { type: 'load' } } | undefined;

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

  const run = (message: ToWorker & { type: 'run' }): void => {
    const { instance, load } = setting!;
    const chain = Chain.restore(instance, load.settings, load.quantities, message.state);
    const pace = new Pace();
    let gradients = instance.exports.chainGradients(chain.pointer);
    while (!chain.finished) {
      const batch = chain.advance(pace.gradients);
      pace.update(batch.gradients - gradients, batch.seconds);
      gradients = batch.gradients;
      const records = batch.records.slice();
      post({ type: 'batch', chain: message.chain, batch: { ...batch, records } }, [records.buffer]);
      if (batch.stopped !== undefined) throw new Error(batch.stopped);
    }
    post({ type: 'done', chain: message.chain, metricRoot: chain.metricRoot() }, []);
  };

  let queue = Promise.resolve();
  return (message) => {
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

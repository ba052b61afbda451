/** Connects a worker's script with the thread that made it. */

import { builtin, inNode } from '../../backend/wasm/host';
import type { ToWorker } from './protocol';
import type { Post } from './serve';

interface Port {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: ToWorker) => void): void;
}

/** The part of a web worker's scope used here (the DOM library has no worker scope). */
interface DedicatedWorkerGlobalScope {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

/** @param answer makes what takes messages in, out of a way to post others */
export function connect(answer: (post: Post) => (message: ToWorker) => void): void {
  if (inNode()) {
    builtin<{ parentPort: Port }>('node:worker_threads').then(({ parentPort }) => {
      parentPort.on(
        'message',
        answer((message, transfer) => parentPort.postMessage(message, transfer)),
      );
    });
  } else {
    const scope = self as unknown as DedicatedWorkerGlobalScope;
    const listener = answer((message, transfer) => scope.postMessage(message, transfer));
    scope.onmessage = (event: MessageEvent<ToWorker>): void => listener(event.data);
  }
}

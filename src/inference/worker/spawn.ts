/** Makes workers: threads in Node, Web Workers elsewhere, both from the same text. */

import { builtin, inNode } from '../../backend/wasm/host';
import type { FromWorker, ToWorker } from './protocol';

/** A Web Worker, or a worker thread of Node. */
export interface WorkerLike {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  terminate(): unknown;
}

/** Makes a worker that runs the package's worker script. */
export type WorkerFactory = () => WorkerLike;

export interface Listener {
  message(message: FromWorker): void;
  /** The worker is gone, or never came to be. */
  died(reason: string): void;
}

/** A worker that can be talked to. */
export class Thread {
  private constructor(private readonly worker: WorkerLike) {}

  /**
   * @param source script of the worker that is made where there is no factory
   * @throws when the host refuses to make one
   */
  static async spawn(
    factory: WorkerFactory | undefined,
    source: string,
    listener: Listener,
  ): Promise<Thread> {
    const worker = factory === undefined ? await makeWorker(source) : factory();
    listen(worker, listener);
    return new Thread(worker);
  }

  send(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  stop(): void {
    this.worker.terminate();
  }
}

type Threads = { Worker: new (source: string, options: { eval: boolean }) => WorkerLike };

async function makeWorker(source: string): Promise<WorkerLike> {
  if (inNode()) {
    const { Worker: NodeWorker } = await builtin<Threads>('node:worker_threads');
    return new NodeWorker(source, { eval: true });
  }
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return new Worker(url) as unknown as WorkerLike;
  } finally {
    // The browser has begun to fetch; some revoke too early only within the same task.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

interface NodeEvents {
  on(event: 'message', listener: (message: FromWorker) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
}

function listen(worker: WorkerLike, listener: Listener): void {
  if ('on' in worker) {
    const events = worker as unknown as NodeEvents;
    events.on('message', (message) => listener.message(message));
    events.on('error', (error) => listener.died(error.message));
    events.on('exit', (code) => listener.died(`it ended with exit code ${code}`));
  } else {
    const target = worker as unknown as Worker;
    target.addEventListener('message', (event) => listener.message(event.data as FromWorker));
    target.addEventListener('error', (event) =>
      listener.died(event.message || 'its script could not be loaded'),
    );
    target.addEventListener('messageerror', () => listener.died('a message could not be read'));
  }
}

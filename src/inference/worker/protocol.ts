/** Messages between the calling thread and its workers. */

import type { Batch } from '../chain';
import type { RunSettings } from '../settings';
import type { NewsOf, ResultOf, Task } from './task';

/** A density as a worker can have it. */
export type PortableDensity =
  | { readonly kind: 'program'; readonly dimension: number; readonly program: Uint8Array }
  | {
      readonly kind: 'module';
      readonly dimension: number;
      readonly url: string;
      readonly exportName: string;
    };

/** What a worker must know of a run of chains. */
export interface ChainsLoad {
  readonly settings: RunSettings;
  /** Values of a whole draw. */
  readonly quantities: number;
  /** Places of the values of a record that are wanted; undefined: all. */
  readonly columns: Int32Array | undefined;
  /** Seconds between two batches that bring the chain's state along. */
  readonly interval: number;
}

export type ToWorker =
  | {
      readonly type: 'load';
      readonly module: WebAssembly.Module;
      readonly density: PortableDensity;
      /** Undefined where tasks are to be done, for which `module` is the full one. */
      readonly chains: ChainsLoad | undefined;
    }
  /** Bring a chain to so many draws. */
  | { readonly type: 'run'; readonly chain: number; readonly state: Uint8Array; readonly draws: number }
  /** A batch has been taken in; the worker waits when too many have not. */
  | { readonly type: 'taken' }
  /** Hand over the chain as it is. */
  | { readonly type: 'stop' }
  | { readonly type: 'task'; readonly task: Task };

export type FromWorker =
  | { readonly type: 'ready' }
  | {
      readonly type: 'batch';
      readonly chain: number;
      readonly batch: Batch;
      /** The chain after this batch. */
      readonly state?: Uint8Array;
    }
  | {
      readonly type: 'done';
      readonly chain: number;
      readonly state: Uint8Array;
      readonly metricRoot: Float64Array | undefined;
    }
  /** How far a task is. */
  | { readonly type: 'news'; readonly news: NewsOf<Task> }
  | { readonly type: 'answer'; readonly result: ResultOf<Task> }
  /** What was asked for last came to nothing: the density could not be loaded, a chain or task not be run. */
  | { readonly type: 'failed'; readonly message: string };

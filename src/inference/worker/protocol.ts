/** Messages between the calling thread and its workers. */

import type { Batch } from '../chain';
import type { RunSettings } from '../settings';

/** A density as a worker can have it. */
export type PortableDensity =
  | { readonly kind: 'program'; readonly dimension: number; readonly program: Uint8Array }
  | {
      readonly kind: 'module';
      readonly dimension: number;
      readonly url: string;
      readonly exportName: string;
    };

export type ToWorker =
  | {
      readonly type: 'load';
      readonly module: WebAssembly.Module;
      readonly density: PortableDensity;
      readonly settings: RunSettings;
      /** Values of a whole draw. */
      readonly quantities: number;
      /** Places of the values of a record that are wanted; undefined: all. */
      readonly columns: Int32Array | undefined;
      /** Seconds between two batches that bring the chain's state along. */
      readonly interval: number;
    }
  /** Bring a chain to so many draws. */
  | { readonly type: 'run'; readonly chain: number; readonly state: Uint8Array; readonly draws: number }
  /** A batch has been taken in; the worker waits when too many have not. */
  | { readonly type: 'taken' }
  /** Hand over the chain as it is. */
  | { readonly type: 'stop' };

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
  /** `chain` is missing when the density could not be loaded. */
  | { readonly type: 'failed'; readonly chain?: number; readonly message: string };

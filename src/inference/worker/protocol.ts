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
      readonly quantities: number;
    }
  | { readonly type: 'run'; readonly chain: number; readonly state: Uint8Array };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'batch'; readonly chain: number; readonly batch: Batch }
  | { readonly type: 'done'; readonly chain: number; readonly metricRoot: Float64Array }
  /** `chain` is missing when the density could not be loaded. */
  | { readonly type: 'failed'; readonly chain?: number; readonly message: string };

/** A mode in a loaded density: what structures of the Hessian start from. */

import type { FullExports, Instance } from '../../backend/wasm';

export class Place {
  constructor(
    readonly instance: Instance<FullExports>,
    /** Whether products of the Hessian are exact. */
    readonly exact: boolean,
    /** Unconstrained, `dimension` values. */
    readonly mode: Float64Array,
    /** Called between pieces of work; what it throws ends it. */
    readonly between: (done: number) => void,
  ) {}

  /** A padded copy of a vector in the instance's memory. */
  vector(values: Float64Array): number {
    const pointer = this.instance.exports.allocate(8 * values.length + 64);
    this.instance.view(pointer, values.length).set(values);
    return pointer;
  }

  /** A block of zeroed numbers in the instance's memory. */
  room(count: number): number {
    return this.instance.exports.allocate(8 * count + 64);
  }
}

/** Batches of rows inside the module, and what all rows say at an anchor, by which batches are corrected. */

import { type FullExports, fullInstance, type Instance } from '../../../backend/wasm';
import type { BatchTarget } from './target';

export class Batches {
  private constructor(
    /** Evaluates the density on the batch of the day. */
    readonly instance: Instance<FullExports>,
    /** Evaluates it on all rows. */
    private readonly whole: Instance<FullExports>,
    private readonly target: BatchTarget,
  ) {}

  /** @throws RangeError when there is no memory for the data once more */
  static async load(target: BatchTarget, whole: Instance<FullExports>): Promise<Batches> {
    const { dimension, program } = target;
    return new Batches(await fullInstance({ kind: 'program', dimension, program }), whole, target);
  }

  /** Lets the steps of a run see batches. */
  attach(run: number, seed: number): void {
    const { rows, size } = this.target;
    this.instance.exports.createBatches(run, rows, size, BigInt(seed));
  }

  /** Goes on behind the place of a run that was saved. */
  resume(run: number): void {
    this.instance.exports.resumeBatches(run);
  }

  /** Looks at all rows once, at a position near which the next steps will be. */
  anchor(position: Float64Array): void {
    const { instance, whole } = this;
    const { exports } = instance;
    const gradient = new Float64Array(position.length);
    const value = whole.density(position, gradient);
    instance.view(exports.anchorPosition(), position.length).set(position);
    instance.view(exports.anchorGradient(), position.length).set(gradient);
    exports.anchorBatches(gradient.every(Number.isFinite) ? value : NaN);
  }
}

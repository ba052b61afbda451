/** Draws of what a model predicts, by name. */
import { NamedDraws, type Ranks } from '../inference';
import type { Layout } from '../target/target';

/** Predictive draws of quantities whose ranks are R, in chains as the draws that they were made from. */
export class Predictions<R extends Ranks = Ranks> extends NamedDraws<R> {
  protected override readonly title = 'predictions';

  /** Made by `predict` and `priorPredictive`. */
  constructor(
    readonly layout: Layout,
    /** Of each chain, the draws of each scalar. */
    private readonly values: readonly (readonly Float64Array[])[],
    readonly drawsPerChain: number,
    /** The seed that gives these draws again. */
    readonly seed: number,
  ) {
    super();
  }

  override quantityDraws(index: number): Float64Array[] {
    return this.values.map((scalars) => scalars[index]);
  }
}

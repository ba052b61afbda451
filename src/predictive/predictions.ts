/** Draws of what a model predicts, by name. */
import { Draws, type Ranks } from '../inference';
import { didYouMean } from '../model/nearest';
import type { Layout } from '../target/target';

/** Predictive draws of quantities whose ranks are R, in chains as the draws that they were made from. */
export class Predictions<R extends Ranks = Ranks> {
  /** Made by `predict` and `priorPredictive`. */
  constructor(
    readonly layout: Layout,
    /** Of each chain, the draws of each scalar. */
    private readonly values: readonly (readonly Float64Array[])[],
    readonly drawsPerChain: number,
    /** The seed that gives these draws again. */
    readonly seed: number,
  ) {}

  /** Names of the quantities, in the model's order. */
  get names(): (keyof R & string)[] {
    return this.layout.quantities.map(({ name }) => name);
  }

  /**
   * Draws of a quantity.
   *
   * @throws RangeError for a name that is not among them
   */
  draws<N extends keyof R & string>(name: N): Draws<R[N]> {
    const quantity = this.layout.quantities.find((candidate) => candidate.name === name);
    if (quantity === undefined) {
      throw new RangeError(`predictions: there is no '${name}'${didYouMean(name, this.names)}`);
    }
    return new Draws(quantity, (index) => this.quantityDraws(index), this.values.length, this.drawsPerChain);
  }

  /** Draws of the scalar at this position in the vector of all quantities, one array per chain. */
  quantityDraws(index: number): Float64Array[] {
    return this.values.map((scalars) => scalars[index]);
  }
}

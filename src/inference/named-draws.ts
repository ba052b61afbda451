/** The face that all results share: draws by name, and their moments. */

import { didYouMean } from '../model/nearest';
import type { Layout } from '../target/target';
import { Draws } from './draws';
import type { Ranks } from './posterior';

/** Draws of quantities whose ranks are R, in chains of equal length. */
export abstract class NamedDraws<R extends Ranks = Ranks> {
  /** Names, shapes and places of the quantities of a draw. */
  abstract readonly layout: Layout;
  abstract readonly drawsPerChain: number;
  /** What messages call it. */
  protected abstract readonly title: string;
  /** What a message adds about a name that is not there. */
  protected readonly absence: string = '';

  /** Draws of the scalar at this position in the vector of all quantities, one array per chain. */
  abstract quantityDraws(index: number): Float64Array[];

  /** Names of the quantities: parameters, then derived ones. */
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
      const meant = didYouMean(name, this.names) || this.absence;
      throw new RangeError(`${this.title}: there is no quantity '${name}'${meant}`);
    }
    const chains = this.quantityDraws(quantity.offset).length;
    return new Draws(quantity, (index) => this.quantityDraws(index), chains, this.drawsPerChain);
  }

  /** Mean of every scalar, in the order of the layout. */
  mean(): Float64Array {
    return Float64Array.from({ length: this.layout.size }, (_, index) => {
      const chains = this.quantityDraws(index);
      let sum = 0;
      for (const chain of chains) for (const value of chain) sum += value;
      return sum / (chains.length * this.drawsPerChain);
    });
  }

  /**
   * Covariance (n − 1) of all scalars, in the order of the layout, row-major: layout.size² values.
   *
   * @throws RangeError when that is more than a typed array can hold
   */
  covariance(): Float64Array {
    const { size } = this.layout;
    const mean = this.mean();
    const columns = Array.from({ length: size }, (_, index) => this.quantityDraws(index));
    const count = (columns[0]?.length ?? 0) * this.drawsPerChain;
    const result = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        columns[i].forEach((chain, c) => {
          const other = columns[j][c];
          for (let t = 0; t < chain.length; t++) sum += (chain[t] - mean[i]) * (other[t] - mean[j]);
        });
        result[i * size + j] = result[j * size + i] = sum / (count - 1);
      }
    }
    return result;
  }
}

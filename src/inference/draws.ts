/** The draws of one quantity. */

import type { Quantity } from '../target/target';

/** One index per axis. */
export type Indices<R extends number> = R extends 0
  ? []
  : R extends 1
    ? [number]
    : R extends 2
      ? [number, number]
      : R extends 3
        ? [number, number, number]
        : number[];

/** Where draws are kept: the draws of scalar `index` of all quantities, one array per chain. */
export type ScalarDraws = (index: number) => Float64Array[];

/**
 * Draws of a quantity with R axes. Arrays are row-major; do not write to those of `at`, they are the fit's
 * own.
 */
export class Draws<R extends number = number> {
  readonly name: string;
  /** Lengths of the quantity's own axes: [] for a scalar. */
  readonly shape: readonly number[];
  /** Name of each axis, or undefined where it has none. */
  readonly dims: readonly (string | undefined)[];
  /** Values in one draw. */
  readonly size: number;

  constructor(
    private readonly quantity: Quantity,
    private readonly scalars: ScalarDraws,
    /** Number of chains. */
    readonly chains: number,
    /** Draws per chain. */
    readonly draws: number,
  ) {
    this.name = quantity.name;
    this.shape = quantity.shape;
    this.dims = quantity.dims;
    this.size = quantity.shape.reduce((product, length) => product * length, 1);
  }

  /**
   * Draws of one element, one array per chain.
   *
   * @param indices from 0, one per axis
   * @throws RangeError for an index outside the shape
   */
  at(...indices: Indices<R>): Float64Array[] {
    return this.scalars(this.quantity.offset + this.offsetOf(indices));
  }

  /**
   * Draws of one chain, draw after draw: length draws × size.
   *
   * @param chain from 0, among the chains of the fit
   * @throws RangeError for a chain that is not there
   */
  chain(chain: number): Float64Array {
    if (!(Number.isInteger(chain) && chain >= 0 && chain < this.chains)) {
      throw new RangeError(
        `draws of '${this.name}': chain must be an integer in [0, ${this.chains}), got ${chain}`,
      );
    }
    const { size, draws } = this;
    const values = new Float64Array(draws * size);
    for (let i = 0; i < size; i++) {
      const column = this.scalars(this.quantity.offset + i)[chain];
      for (let draw = 0; draw < draws; draw++) values[draw * size + i] = column[draw];
    }
    return values;
  }

  /** Draws of all chains, chain after chain, draw after draw: length chains × draws × size. */
  flat(): Float64Array {
    const values = new Float64Array(this.chains * this.draws * this.size);
    for (let chain = 0; chain < this.chains; chain++) {
      values.set(this.chain(chain), chain * this.draws * this.size);
    }
    return values;
  }

  /** Posterior mean of every element, row-major. */
  mean(): Float64Array {
    return this.describe((columns) => {
      let sum = 0;
      for (const column of columns) for (const value of column) sum += value;
      return sum / (this.chains * this.draws);
    });
  }

  /** Posterior standard deviation (n − 1) of every element, row-major. */
  sd(): Float64Array {
    const means = this.mean();
    return this.describe((columns, i) => {
      let sum = 0;
      for (const column of columns) {
        for (const value of column) sum += (value - means[i]) * (value - means[i]);
      }
      return Math.sqrt(sum / (this.chains * this.draws - 1));
    });
  }

  private describe(statistic: (columns: readonly Float64Array[], element: number) => number): Float64Array {
    return Float64Array.from({ length: this.size }, (_, i) =>
      statistic(this.scalars(this.quantity.offset + i), i),
    );
  }

  private offsetOf(indices: readonly number[]): number {
    const { name, shape } = this;
    if (indices.length !== shape.length) {
      throw new RangeError(`draws of '${name}': expected ${shape.length} indices, got ${indices.length}`);
    }
    return indices.reduce((offset, index, axis) => {
      if (!(Number.isInteger(index) && index >= 0 && index < shape[axis])) {
        throw new RangeError(
          `draws of '${name}': index ${axis} must be in [0, ${shape[axis]}), got ${index}`,
        );
      }
      return offset * shape[axis] + index;
    }, 0);
  }
}

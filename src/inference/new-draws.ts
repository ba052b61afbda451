/** Draws that a chain has just made, as `onDraws` gets them. */

import type { Layout } from '../target/target';
import { STATISTICS } from './chain';

export class NewDraws {
  /** How many they are. */
  readonly count: number;

  constructor(
    /** Number of the chain, from 0. */
    readonly chain: number,
    /** Number of the first of them among the chain's draws, from 0. */
    readonly first: number,
    /** Names, shapes and places of their quantities. */
    readonly layout: Layout,
    /**
     * Draw after draw: `statistics` values of the sampler (named as those of `fit.stats`), then `layout.size`
     * quantities. Yours to keep.
     */
    readonly records: Float64Array,
  ) {
    this.count = records.length / (STATISTICS.length + layout.size);
  }

  /** Names of the sampler's statistics, in the order in which they begin a record. */
  get statistics(): readonly string[] {
    return STATISTICS;
  }

  /** Draws of the scalar at this position of the layout: `count` values. */
  quantity(index: number): Float64Array {
    return this.column(STATISTICS.length + index);
  }

  /** A statistic of the sampler: `count` values. */
  statistic(name: (typeof STATISTICS)[number]): Float64Array {
    return this.column(STATISTICS.indexOf(name));
  }

  private column(index: number): Float64Array {
    const width = STATISTICS.length + this.layout.size;
    return Float64Array.from({ length: this.count }, (_, row) => this.records[row * width + index]);
  }
}

/** Where a chain's draws are gathered, batch by batch: each scalar's draws in one piece. */

import { type Batch, STATISTICS } from './chain';
import type { RunSettings } from './settings';

const MEBIBYTE = 1048576;

/** What a chain has brought so far. */
export class Recording {
  /** Draws so far. */
  count = 0;
  iteration = 0;
  gradients = 0;
  divergences = 0;
  warmupDivergences = 0;
  stepSize = 0;
  warmupSeconds = 0;
  samplingSeconds = 0;
  /** Square root of the inverse metric, once the chain is done: d values, or d rows of a lower triangle. */
  metricRoot: Float64Array | undefined;
  private readonly columns: Float64Array;

  /** @throws RangeError when the draws do not fit in memory */
  constructor(
    readonly chain: number,
    private readonly settings: RunSettings,
    private readonly quantities: number,
  ) {
    const width = STATISTICS.length + quantities;
    try {
      this.columns = new Float64Array(width * settings.draws);
    } catch (cause) {
      const size = Math.ceil((8 * width * settings.draws) / MEBIBYTE);
      const message = `${settings.draws} draws of ${quantities} values take ${size} MiB a chain, more than there is`;
      throw new RangeError(`${message}: keep fewer with the option thin`, { cause });
    }
  }

  add(batch: Batch): void {
    const width = STATISTICS.length + this.quantities;
    const { columns, count } = this;
    const { draws } = this.settings;
    const { records } = batch;
    const rows = records.length / width;
    for (let column = 0; column < width; column++) {
      const start = column * draws + count;
      for (let row = 0; row < rows; row++) columns[start + row] = records[row * width + column];
    }
    this.count += rows;
    this.iteration = batch.iteration;
    this.gradients = batch.gradients;
    this.divergences = batch.divergences;
    this.stepSize = batch.stepSize;
    if (batch.warmup) {
      this.warmupSeconds += batch.seconds;
      this.warmupDivergences = batch.divergences;
    } else {
      this.samplingSeconds += batch.seconds;
    }
  }

  /** Draws of a quantity's scalar. */
  quantity(index: number, count = this.count): Float64Array {
    return this.column(STATISTICS.length + index, count);
  }

  statistic(name: (typeof STATISTICS)[number], count = this.count): Float64Array {
    return this.column(STATISTICS.indexOf(name), count);
  }

  private column(index: number, count: number): Float64Array {
    const start = index * this.settings.draws;
    return this.columns.subarray(start, start + count);
  }
}

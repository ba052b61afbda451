/** Where a chain's draws are gathered, batch by batch: each scalar's draws in one piece. */

import { type Batch, STATISTICS } from './chain';
import type { Snapshot } from './checkpoint';

const MEBIBYTE = 1048576;

/** What a chain has brought so far. */
export class Recording {
  /** Draws so far. */
  count = 0;
  iteration = 0;
  gradients = 0;
  warmupDivergences = 0;
  warmupSeconds = 0;
  samplingSeconds = 0;
  /** Square root of the inverse metric, once warm-up is over, as `Chain.metricRoot` gives it. */
  metricRoot: Float64Array | undefined;
  /** The last known state of the chain. */
  snapshot: Snapshot | undefined;
  private columns = new Float64Array();
  /** Draws for which there is room. */
  private room = 0;

  constructor(
    readonly chain: number,
    /** Quantities of a draw. */
    private readonly quantities: number,
    /** Whether draws are kept; else they are only counted. */
    readonly keeps: boolean,
  ) {}

  /**
   * Makes room for so many draws altogether.
   *
   * @throws RangeError when they do not fit in memory
   */
  reserve(draws: number): void {
    if (!this.keeps || draws <= this.room) return;
    const width = STATISTICS.length + this.quantities;
    let columns: Float64Array<ArrayBuffer>;
    try {
      columns = new Float64Array(width * draws);
    } catch (cause) {
      const size = Math.ceil((8 * width * draws) / MEBIBYTE);
      const message = `${draws} draws of ${this.quantities} values take ${size} MiB a chain, more than there is`;
      throw new RangeError(`${message}: keep fewer with the options keep or thin`, { cause });
    }
    for (let i = 0; i < width; i++) columns.set(this.column(i, this.count), i * draws);
    this.columns = columns;
    this.room = draws;
  }

  /** Takes draws in: statistics, then quantities, one draw after another. */
  append(records: Float64Array): void {
    const width = STATISTICS.length + this.quantities;
    const { columns, count, room } = this;
    const rows = records.length / width;
    if (this.keeps) {
      for (let column = 0; column < width; column++) {
        const start = column * room + count;
        for (let row = 0; row < rows; row++) columns[start + row] = records[row * width + column];
      }
    }
    this.count += rows;
  }

  /** Takes in the rest of a batch. */
  note(batch: Batch): void {
    this.iteration = batch.iteration;
    this.gradients = batch.gradients;
    if (batch.warmup) {
      this.warmupSeconds += batch.seconds;
      this.warmupDivergences = batch.divergences;
    } else {
      this.samplingSeconds += batch.seconds;
    }
  }

  /** Notes the chain's state after all draws so far. */
  save(state: Uint8Array): Snapshot {
    const { count: draws, warmupDivergences, warmupSeconds, samplingSeconds } = this;
    return (this.snapshot = { state, draws, warmupDivergences, warmupSeconds, samplingSeconds });
  }

  /** Goes back to a snapshot of the chain; its draws are here, or come next by `append`. */
  rewind(snapshot: Snapshot, count: number): void {
    this.snapshot = snapshot;
    this.count = count;
    this.warmupDivergences = snapshot.warmupDivergences;
    this.warmupSeconds = snapshot.warmupSeconds;
    this.samplingSeconds = snapshot.samplingSeconds;
  }

  /** A recording with the same draws up to the last snapshot, to go on from there. */
  fork(): Recording {
    const copy = new Recording(this.chain, this.quantities, this.keeps);
    copy.metricRoot = this.metricRoot;
    if (this.snapshot === undefined) return copy;
    // What the copy writes behind its draws is what the original has there, or would have.
    copy.columns = this.columns;
    copy.room = this.room;
    copy.rewind(this.snapshot, this.snapshot.draws);
    return copy;
  }

  /** Draws of a quantity's scalar. */
  quantity(index: number, count = this.count): Float64Array {
    return this.column(STATISTICS.length + index, count);
  }

  statistic(name: (typeof STATISTICS)[number], count = this.count): Float64Array {
    return this.column(STATISTICS.indexOf(name), count);
  }

  private column(index: number, count: number): Float64Array {
    const start = index * this.room;
    return this.columns.subarray(start, start + (this.keeps ? count : 0));
  }
}

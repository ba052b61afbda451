/**
 * The draws in a chain's file, value by value. Of a large file only a block of neighbouring values is in memory at a
 * time, for summaries and conversions take one value after the other.
 */

import { recordsOf } from './chain-records';

export class ChainDraws {
  /** First value of the block in memory. */
  private first = 0;
  /** Values in the block, and their draws one after another. */
  private size = 0;
  private block = new Float64Array();

  /**
   * @param chain its number, from 0
   * @param count draws in the file
   * @param width values of a draw
   */
  constructor(
    readonly path: string,
    private readonly id: string,
    readonly chain: number,
    readonly count: number,
    private readonly width: number,
  ) {}

  /**
   * The first `draws` draws of one value; not to be written to.
   *
   * @param block how many neighbouring values to read at once
   */
  column(index: number, draws: number, block: number): Float64Array {
    if (index < this.first || index >= this.first + this.size) this.load(index - (index % block), block);
    const start = (index - this.first) * this.count;
    return this.block.subarray(start, start + draws);
  }

  private load(first: number, block: number): void {
    const { path, id, chain, count, width } = this;
    const size = Math.min(block, width - first);
    // The old block may go before the new one comes.
    this.block = new Float64Array();
    this.size = 0;
    const values = new Float64Array(size * count);
    let draw = 0;
    for (const records of recordsOf(path, id, chain, width, count)) {
      const rows = records.length / width;
      for (let i = 0; i < size; i++) {
        const start = i * count + draw;
        for (let row = 0; row < rows; row++) values[start + row] = records[row * width + first + i];
      }
      draw += rows;
    }
    this.first = first;
    this.size = size;
    this.block = values;
  }
}

/** The draws of one scalar as they come: values, extremes per column of a trace, counts per bin of a density. */

/** Bins of a density; a power of two, so that doubling the range merges pairs. */
export const BINS = 256;

/** One chain's draws of a scalar. */
class GrowingChain {
  values = new Float64Array(1024);
  count = 0;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  bins = new Float64Array(BINS);

  constructor(columns: number) {
    this.lowest = new Float64Array(columns).fill(Infinity);
    this.highest = new Float64Array(columns).fill(-Infinity);
  }
}

export class GrowingScalar {
  readonly chains: readonly GrowingChain[];
  /** Whether something came since it was last drawn. */
  changed = false;
  lowest = Infinity;
  highest = -Infinity;
  /** Range of the bins. */
  start = 0;
  width = 0;
  private sum = 0;
  private squares = 0;
  private origin = 0;
  count = 0;

  /**
   * @param total draws that a chain will have: the length of the trace's axis
   * @param columns of the trace
   */
  constructor(
    chains: number,
    private readonly total: number,
    private readonly columns: number,
  ) {
    this.chains = Array.from({ length: chains }, () => new GrowingChain(columns));
  }

  get mean(): number {
    return this.origin + this.sum / this.count;
  }

  get sd(): number {
    const mean = this.sum / this.count;
    return Math.sqrt(Math.max(0, this.squares / this.count - mean * mean));
  }

  append(chain: number, values: Float64Array): void {
    if (values.length === 0) return;
    const own = this.chains[chain];
    if (this.count === 0) this.origin = values[0];
    let [lowest, highest] = [this.lowest, this.highest];
    for (const value of values) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    [this.lowest, this.highest] = [lowest, highest];
    this.makeRoom();
    if (own.count + values.length > own.values.length) {
      const larger = new Float64Array(Math.max(2 * own.values.length, own.count + values.length));
      larger.set(own.values);
      own.values = larger;
    }
    own.values.set(values, own.count);
    const scale = BINS / this.width;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const column = Math.min(this.columns - 1, Math.floor(((own.count + i) * this.columns) / this.total));
      if (value < own.lowest[column]) own.lowest[column] = value;
      if (value > own.highest[column]) own.highest[column] = value;
      own.bins[Math.min(BINS - 1, Math.floor((value - this.start) * scale))]++;
      const shifted = value - this.origin;
      this.sum += shifted;
      this.squares += shifted * shifted;
    }
    own.count += values.length;
    this.count += values.length;
    this.changed = true;
  }

  /** Widens the range of the bins until it holds all values. */
  private makeRoom(): void {
    if (this.width === 0) {
      const span = this.highest - this.lowest || Math.abs(this.highest) || 1;
      this.start = this.lowest - span / 2;
      this.width = 2 * span;
    }
    while (this.lowest < this.start || this.highest >= this.start + this.width) {
      const below = this.lowest < this.start;
      for (const chain of this.chains) {
        const merged = new Float64Array(BINS);
        const shift = below ? BINS / 2 : 0;
        for (let i = 0; i < BINS; i++) merged[shift + (i >> 1)] += chain.bins[i];
        chain.bins = merged;
      }
      if (below) this.start -= this.width;
      this.width *= 2;
    }
  }
}

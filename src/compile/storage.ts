/** Buffers by liveness: one is handed on once its last reader has run. All sizes are whole vectors of 16 bytes. */

/** Bytes of `count` elements, padded to whole vectors; a single element fills both lanes. */
export function paddedBytes(count: number): number {
  return ((count + 1) >> 1) * 16;
}

export class Scratch {
  private top: number;
  private highest: number;
  private readonly free = new Map<number, number[]>();

  constructor(start: number) {
    this.top = start;
    this.highest = start;
  }

  /** End of the highest buffer there ever was. */
  get end(): number {
    return this.highest;
  }

  take(bytes: number): number {
    const released = this.free.get(bytes);
    if (released && released.length > 0) return released.pop()!;
    const start = this.top;
    this.top += bytes;
    this.highest = Math.max(this.highest, this.top);
    return start;
  }

  release(start: number, bytes: number): void {
    const released = this.free.get(bytes);
    if (released) released.push(start);
    else this.free.set(bytes, [start]);
  }
}

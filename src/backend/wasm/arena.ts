/** The memory of a module that allocates for its host: scratch blocks, and views of what lies in them. */

export class Arena {
  private scratch = 0;
  private scratchBytes = 0;

  /** `allocate` is the module's own, which may let the memory grow. */
  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly allocate: (bytes: number) => number,
  ) {}

  /** A block of at least so many bytes; the next caller gets the same one. */
  room(bytes: number): number {
    if (bytes > this.scratchBytes) {
      // Doubling bounds what earlier blocks waste.
      this.scratchBytes = Math.max(bytes, 2 * this.scratchBytes);
      this.scratch = this.allocate(this.scratchBytes);
    }
    return this.scratch;
  }

  /** A view of memory; good until the next call of `room`. */
  floats(pointer: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, pointer, length);
  }

  words(pointer: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, pointer, length);
  }
}

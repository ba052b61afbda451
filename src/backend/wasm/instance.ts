/**
 * One instance of the module for one density, its memory sized before anything is allocated and dropped as a
 * whole.
 */

import type { DensityFunction } from '../../target/target';
import type { Exports } from './exports';

/** A density that can be loaded: a program's image, or a function of this thread. */
export type Density =
  | { readonly kind: 'program'; readonly dimension: number; readonly program: Uint8Array }
  | { readonly kind: 'function'; readonly dimension: number; readonly density: DensityFunction };

/** Where an image starts; the module's static tables lie below. */
const PROGRAM_BASE = 65536;
/** Where an image says how many bytes it needs. */
const SIZE_OFFSET = 12;
const PAGE = 65536;
const MOST_PAGES = 65536;
const MEBIBYTE = 1048576;

/** `E`: what the module exports. */
export class Instance<E extends Exports = Exports> {
  readonly dimension: number;
  /** Whether draws are turned into quantities by the program; a function's draws are its positions. */
  readonly hasQuantities: boolean;
  /** While set, an exception in a density function counts as a log density of −∞. */
  tolerant = false;

  /** Makes the transitions of chains whose sampler the host has written; see assembly/samplers/host.ts. */
  transition: (chain: number, action: number) => void = absentTransition;

  private scratch = 0;
  private scratchBytes = 0;

  private constructor(
    readonly exports: E,
    private readonly memory: WebAssembly.Memory,
    source: Density,
  ) {
    this.dimension = source.dimension;
    this.hasQuantities = source.kind === 'program';
  }

  /**
   * Loads a density.
   *
   * @throws RangeError when it needs more memory than there is
   * @throws Error when the module refuses the program
   */
  static async create<E extends Exports = Exports>(
    module: WebAssembly.Module,
    source: Density,
  ): Promise<Instance<E>> {
    const memory = reserve(source);
    let instance: Instance<E> | undefined = undefined;
    const host = source.kind === 'function' ? guarded(source, memory, () => instance!.tolerant) : absent;
    const imports = {
      env: {
        memory,
        density: host,
        transition: (chain: number, action: number) => instance!.transition(chain, action),
      },
    };
    const { exports } = await WebAssembly.instantiate(module, imports);
    instance = new Instance(exports as unknown as E, memory, source);
    if (source.kind === 'function') {
      instance.exports.attachHost(source.dimension);
    } else {
      new Uint8Array(memory.buffer).set(source.program, PROGRAM_BASE);
      const refusal = instance.exports.loadProgram();
      if (refusal !== 0) throw new Error(`the WebAssembly module refuses the program (reason ${refusal})`);
    }
    return instance;
  }

  /**
   * Log density at a position; writes its gradient.
   *
   * @param position unconstrained, `dimension` values
   * @param gradient `dimension` values
   */
  density(position: Float64Array, gradient: Float64Array): number {
    const input = this.input(position);
    const output = input + vectorBytes(this.dimension);
    const value = this.exports.density(input, output);
    gradient.set(this.view(output, this.dimension));
    return value;
  }

  /** Runs a procedure of the program (see docs/architecture.md) and returns `outputLength` values. */
  call(procedure: number, input: Float64Array, outputLength: number): Float64Array {
    const pointer = this.input(input, outputLength);
    const output = pointer + vectorBytes(input.length);
    this.exports.call(procedure, pointer, output);
    return this.view(output, outputLength).slice();
  }

  /** Runs a procedure for its scalar result alone. */
  value(procedure: number, input: Float64Array): number {
    const pointer = this.input(input);
    return this.exports.call(procedure, pointer, pointer);
  }

  /** Replaces the values of a slot; as many as it has. */
  setSlot(slot: number, values: ArrayLike<number>): void {
    const target = this.view(this.exports.slotAddress(slot), Math.max(values.length, 2));
    if (values.length === 1) target.fill(values[0]);
    else target.set(values);
  }

  /** A view of memory; good until the next call into the instance. */
  view(pointer: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, pointer, length);
  }

  /** A view of memory, byte by byte; good until the next call into the instance. */
  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length);
  }

  /** A block for results that are read at once; the next caller gets the same one. */
  buffer(bytes: number): number {
    if (bytes > this.scratchBytes) {
      this.scratch = this.exports.allocate(bytes);
      this.scratchBytes = bytes;
    }
    return this.scratch;
  }

  /** Copies a vector into the buffer, leaving room for a result behind it. */
  private input(values: Float64Array, outputLength = this.dimension): number {
    const pointer = this.buffer(vectorBytes(values.length) + vectorBytes(outputLength));
    this.view(pointer, values.length).set(values);
    return pointer;
  }
}

/** Bytes of a vector with padding to two whole `v128`s. */
function vectorBytes(length: number): number {
  return (Math.floor(length / 4) + 1) * 32;
}

/** A memory with room for the density and its first buffers; more is added as it is needed. */
function reserve(source: Density): WebAssembly.Memory {
  const image =
    source.kind === 'program'
      ? new DataView(source.program.buffer, source.program.byteOffset).getUint32(SIZE_OFFSET, true)
      : 0;
  const initial = Math.ceil((PROGRAM_BASE + image + 64 * source.dimension) / PAGE) + 1;
  const refuse = (reason: string, cause?: unknown): RangeError => {
    const size = Math.ceil((initial * PAGE) / MEBIBYTE);
    return new RangeError(`the model needs ${size} MiB of WebAssembly memory; ${reason}`, { cause });
  };
  if (initial > MOST_PAGES) throw refuse('at most 4096 MiB can be addressed');
  try {
    return new WebAssembly.Memory({ initial });
  } catch (cause) {
    throw refuse('this machine did not give it', cause);
  }
}

function absentTransition(): never {
  throw new Error('the chain has no transition of the host');
}

function absent(): never {
  throw new Error('the program has no density of the host');
}

/**
 * A density function as the module calls it: on arrays of its own, so that it cannot touch the sampler's
 * memory.
 */
function guarded(
  source: { readonly dimension: number; readonly density: DensityFunction },
  memory: WebAssembly.Memory,
  tolerant: () => boolean,
): (position: number, gradient: number) => number {
  const { dimension, density } = source;
  const position = new Float64Array(dimension);
  const gradient = new Float64Array(dimension);
  let all = new Float64Array(memory.buffer);
  return (from, to) => {
    if (all.buffer !== memory.buffer) all = new Float64Array(memory.buffer);
    const start = from / 8;
    for (let i = 0; i < dimension; i++) position[i] = all[start + i];
    let value: number;
    try {
      value = density(position, gradient);
      if (typeof value !== 'number')
        throw new TypeError(`the density must return a number, got ${typeof value}`);
    } catch (error) {
      if (!tolerant()) throw error;
      value = -Infinity;
    }
    all.set(gradient, to / 8);
    return value;
  };
}

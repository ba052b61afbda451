/** The generator and samplers of assembly/random as functions that fill arrays. */
import { assemble } from '../assemble';

type Fill = (state: number, out: number, count: number) => void;

export interface Exports {
  nextU64(state: number): bigint;
  openUniform(state: number): number;
  jump(state: number): void;
  leap(state: number): void;
  seed(state: number, seed: bigint, stream: number): void;
  fillUniform: Fill;
  fillNormal: Fill;
  fillExponential: Fill;
  largeNormals(state: number, out: number, count: number, bound: number): number;
}

const STATE = 65536;
const OUT = STATE + 64;

/** One generator, and room for 2^20 draws. */
export class Generator {
  private constructor(
    readonly exports: Exports,
    private readonly memory: WebAssembly.Memory,
  ) {}

  static async load(): Promise<Generator> {
    const { exports, memory } = await assemble<Exports>('test/random/kernels.ts', 132);
    return new Generator(exports, memory);
  }

  get state(): BigUint64Array {
    return new BigUint64Array(this.memory.buffer, STATE, 4);
  }

  next(): bigint {
    return BigInt.asUintN(64, this.exports.nextU64(STATE));
  }

  openUniform(): number {
    return this.exports.openUniform(STATE);
  }

  jump(): void {
    this.exports.jump(STATE);
  }

  leap(): void {
    this.exports.leap(STATE);
  }

  seed(seed: bigint, stream: number): void {
    this.exports.seed(STATE, seed, stream);
  }

  draws(fill: 'fillUniform' | 'fillNormal' | 'fillExponential', count: number): Float64Array {
    this.exports[fill](STATE, OUT, count);
    return new Float64Array(this.memory.buffer, OUT, count);
  }

  /** The sizes beyond `bound` among `count` normal draws. */
  largeNormals(count: number, bound: number): Float64Array {
    const found = this.exports.largeNormals(STATE, OUT, count, bound);
    return new Float64Array(this.memory.buffer, OUT, found);
  }
}

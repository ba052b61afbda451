/** The kernels of assembly/math as functions of arrays. */
import { assemble } from '../assemble';

type Unary = (x: number, y: number, count: number) => void;
type Binary = (x: number, y: number, z: number, count: number) => void;
type Exports = Record<`map_${string}`, Unary> & {
  map_pow: Binary;
  sumLog(x: number, count: number): number;
};

const BASE = 65536;
const LONGEST = 16384;

export class Kernels {
  private constructor(
    private readonly exports: Exports,
    private readonly memory: WebAssembly.Memory,
  ) {}

  static async load(): Promise<Kernels> {
    const { exports, memory } = await assemble<Exports>('test/math/kernels.ts', 16);
    return new Kernels(exports, memory);
  }

  /** Room for one argument or result; the element past an odd end is a NaN, which must disturb no neighbour. */
  private slot(index: number): { pointer: number; values: Float64Array } {
    const pointer = BASE + index * LONGEST * 8;
    return { pointer, values: new Float64Array(this.memory.buffer, pointer, LONGEST).fill(NaN) };
  }

  map(name: string, x: readonly number[]): number[] {
    const [input, output] = [this.slot(0), this.slot(1)];
    input.values.set(x);
    this.exports[`map_${name}`](input.pointer, output.pointer, x.length + (x.length & 1));
    return [...output.values.subarray(0, x.length)];
  }

  /** f(x) with another number in the neighbouring lane, on either side: both results. */
  besides(name: string, x: number, neighbour: number): [number, number] {
    const results = this.map(name, [x, neighbour, neighbour, x]);
    return [results[0], results[3]];
  }

  pow(x: readonly number[], y: readonly number[]): number[] {
    const [base, exponent, output] = [this.slot(0), this.slot(1), this.slot(2)];
    base.values.set(x);
    exponent.values.set(y);
    this.exports.map_pow(base.pointer, exponent.pointer, output.pointer, x.length + (x.length & 1));
    return [...output.values.subarray(0, x.length)];
  }

  sumLog(x: readonly number[]): number {
    const { pointer, values } = this.slot(0);
    values.set(x);
    return this.exports.sumLog(pointer, x.length);
  }
}

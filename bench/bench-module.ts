/** The measured module: loads a program beside the data of a fused kernel, and repeats either inside WebAssembly. */
import { readFile } from 'node:fs/promises';
import { Instance } from '../src/backend/wasm';
import type { Exports } from '../src/backend/wasm/exports';
import type { Kernel } from './kernel';
import type { Subject } from './subject';

interface BenchExports extends Exports {
  repeat(kernel: Kernel, times: number, data: number, position: number, gradient: number): number;
  expAll(times: number, instruction: number, n: number, x: number, y: number): void;
  logAll(times: number, instruction: number, n: number, x: number, y: number): void;
}

export async function loadBenchModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(new URL('../build/bench.wasm', import.meta.url)));
}

/** One subject inside the module. */
export class LoadedSubject {
  private constructor(
    readonly instance: Instance,
    private readonly subject: Subject,
    private readonly position: number,
    private readonly gradient: number,
    private readonly data: number,
  ) {}

  static async create(module: WebAssembly.Module, subject: Subject): Promise<LoadedSubject> {
    const instance = await Instance.create(module, subject.posterior.target);
    const position = place(instance, subject.position);
    const gradient = place(instance, new Float64Array(subject.position.length));
    const { numbers, arrays } = subject.fused ?? { numbers: [], arrays: [] };
    const record = Int32Array.from([...numbers, ...arrays.map((array) => place(instance, array))]);
    return new LoadedSubject(instance, subject, position, gradient, place(instance, record));
  }

  /** Evaluates `times` times; gives the log density. */
  repeat(kernel: Kernel, times: number): number {
    return exportsOf(this.instance).repeat(kernel, times, this.data, this.position, this.gradient);
  }

  /** Log density and gradient, as one list. */
  evaluate(kernel: Kernel): number[] {
    const value = this.repeat(kernel, 1);
    return [value, ...this.instance.view(this.gradient, this.subject.position.length)];
  }
}

/** exp or log of all of `x`, `times` times. */
export function elementwise(
  instance: Instance,
  name: 'expAll' | 'logAll',
  x: Float64Array,
): (times: number) => void {
  const instruction = instance.exports.allocate(16);
  const from = place(instance, x);
  const to = place(instance, x);
  return (times) => exportsOf(instance)[name](times, instruction, x.length, from, to);
}

function exportsOf(instance: Instance): BenchExports {
  return instance.exports as BenchExports;
}

/** Copies an array into the module's memory, with room for a whole vector behind it. */
function place(instance: Instance, values: Float64Array | Int32Array): number {
  const pointer = instance.exports.allocate(values.byteLength + 16);
  instance
    .bytes(pointer, values.byteLength)
    .set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return pointer;
}

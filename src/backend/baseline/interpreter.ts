/** Runs programs in plain TypeScript, differential equations aside. */
import { Opcode } from '../../../assembly/program/opcodes';
import { HEADER, MAGIC, PROCEDURE, PROCEDURE_NAMES, PROGRAM_BASE, type ProcedureName } from '../../compile';
import type { BaselineKernel, ElementwiseOperation, Memory } from '../../expr/operation';
import { elementwiseOperations, structuredOperations } from '../../expr/operations/table';

const kernels: BaselineKernel[] = [];
for (const op of elementwiseOperations) kernels[op.opcode] = elementwise(op.compute);
for (const op of structuredOperations) kernels[op.opcode] = op.run;

/** A loaded program; input and output vectors are copied in and out. */
export class Interpreter {
  readonly dimension: number;
  protected readonly memory: Memory;
  private readonly bytes: Uint8Array;

  /** @throws RangeError where the bytes are no program */
  constructor(image: Uint8Array) {
    const header = new DataView(image.buffer, image.byteOffset);
    if (image.length < PROCEDURE.size || header.getUint32(HEADER.magic, true) !== MAGIC)
      throw new RangeError('the bytes are not a credence program');
    const imageEnd = PROGRAM_BASE + header.getUint32(HEADER.total, true);
    let longest = 0;
    PROCEDURE_NAMES.forEach((_, number) => {
      const record = HEADER.procedures + number * PROCEDURE.size;
      longest = Math.max(
        longest,
        header.getUint32(record + PROCEDURE.inputLength, true),
        header.getUint32(record + PROCEDURE.outputLength, true),
      );
    });
    const vector = (longest * 8 + 31) & ~15;
    const buffer = new ArrayBuffer(imageEnd + 2 * vector);
    this.bytes = new Uint8Array(buffer);
    this.bytes.set(image, PROGRAM_BASE);
    this.memory = { f64: new Float64Array(buffer), i32: new Int32Array(buffer) };
    this.dimension = this.header(HEADER.dimension);
    // Vectors of calls stay in one place, so operands that point into them are set once.
    const input = imageEnd;
    const output = imageEnd + vector;
    PROCEDURE_NAMES.forEach((_, number) => {
      const record = (PROGRAM_BASE + HEADER.procedures + number * PROCEDURE.size) >> 2;
      const { i32 } = this.memory;
      const repoint = (list: number, count: number, pointer: number): void => {
        for (let k = 0; k < count; k++) i32[i32[(list >> 2) + k] >> 2] += pointer;
      };
      repoint(
        i32[record + (PROCEDURE.inputFixups >> 2)],
        i32[record + (PROCEDURE.inputFixupCount >> 2)],
        input,
      );
      repoint(
        i32[record + (PROCEDURE.outputFixups >> 2)],
        i32[record + (PROCEDURE.outputFixupCount >> 2)],
        output,
      );
      i32[record + (PROCEDURE.inputPointer >> 2)] = input;
      i32[record + (PROCEDURE.outputPointer >> 2)] = output;
    });
    this.run(this.header(HEADER.prelude) >> 2, Infinity, 0, 0);
  }

  /** Log density at `position`; writes its gradient. */
  density(position: ArrayLike<number>, gradient: Float64Array): number {
    return this.call('density', position, gradient);
  }

  /** Runs a procedure; gives its scalar result, 0 where it has none. */
  call(name: ProcedureName, input: ArrayLike<number>, output: Float64Array): number {
    const { f64, i32 } = this.memory;
    const record = (PROGRAM_BASE + HEADER.procedures + PROCEDURE_NAMES.indexOf(name) * PROCEDURE.size) >> 2;
    const field = (offset: number): number => i32[record + (offset >> 2)];
    if (field(PROCEDURE.code) === 0) throw new Error(`the program has no procedure '${name}'`);
    const from = field(PROCEDURE.inputPointer) >>> 3;
    const to = field(PROCEDURE.outputPointer) >>> 3;
    f64.set(input, from);
    this.run(field(PROCEDURE.code) >> 2, Infinity, from, to);
    output.set(f64.subarray(to, to + field(PROCEDURE.outputLength)));
    const value = field(PROCEDURE.value);
    return value === 0 ? 0 : f64[value >>> 3];
  }

  /** Replaces the values of a slot; as many as it has. */
  setSlot(slot: number, values: ArrayLike<number>): void {
    const { f64, i32 } = this.memory;
    const address = i32[(this.header(HEADER.slots) >> 2) + 2 * slot] >>> 3;
    if (values.length === 1) f64.fill(values[0], address, address + 2);
    else f64.set(values, address);
  }

  private header(offset: number): number {
    return this.memory.i32[(PROGRAM_BASE + offset) >> 2];
  }

  protected run(at: number, end: number, input: number, output: number): void {
    const code = this.memory.i32;
    while (at < end) {
      const header = code[at];
      const opcode = header & 0xfff;
      if (opcode === Opcode.End) return;
      if (opcode === Opcode.Loop) {
        at = this.loop(at, input, output);
        continue;
      }
      if (opcode === Opcode.Scan) {
        at = this.scan(at, input, output);
        continue;
      }
      if (opcode === Opcode.Ode) {
        at = this.ode(at, input, output);
        continue;
      }
      if (opcode === Opcode.Unpack) this.unpack(at, input);
      else if (opcode === Opcode.Pack) this.pack(at, output);
      else kernels[opcode](this.memory, code, at);
      at += header >>> 12;
    }
  }

  /** [header, rows, block, body words, moves, counts, accumulations, lists…], then the body */
  private loop(at: number, input: number, output: number): number {
    const code = this.memory.i32;
    const [rows, block, bodyWords, moveCount, countCount, accumulationCount] = code.subarray(at + 1, at + 7);
    const moves = at + 7;
    const counts = moves + moveCount * 2;
    const accumulations = counts + countCount;
    const body = accumulations + accumulationCount;
    const end = body + bodyWords;
    const setAll = (list: number, length: number, value: number): void => {
      for (let k = 0; k < length; k++) code[body + code[list + k]] = value;
    };
    const advance = (by: number): void => {
      for (let k = 0; k < moveCount; k++) code[body + code[moves + 2 * k]] += code[moves + 2 * k + 1] * by;
    };
    for (let done = 0; done < rows; done += block) {
      const here = Math.min(block, rows - done);
      setAll(counts, countCount, here);
      setAll(accumulations, accumulationCount, done > 0 ? 1 : 0);
      this.run(body, end, input, output);
      advance(here);
    }
    advance(-rows);
    setAll(counts, countCount, block);
    setAll(accumulations, accumulationCount, 0);
    return end;
  }

  /** [header, length, reverse, body words, elements, stacked, summed, states, lists…], then the body */
  private scan(at: number, input: number, output: number): number {
    const { f64, i32: code } = this.memory;
    const [length, reverse, bodyWords, elementCount, stackedCount, summedCount, stateCount] = code.subarray(
      at + 1,
      at + 8,
    );
    const elements = at + 8;
    const stacked = elements + elementCount * 3;
    const summed = stacked + stackedCount * 3;
    const states = summed + summedCount * 3;
    const body = states + stateCount * 5;
    const copy = (to: number, from: number, size: number): void => {
      for (let i = 0; i < size; i++) f64[to + i] = f64[from + i];
    };
    const fill = (to: number, from: number, size: number): void => {
      copy(to, from, size);
      if (size === 1) f64[to + 1] = f64[to];
    };
    for (let e = states; e < body; e += 5) fill(code[e + 2] >>> 3, code[e + 3] >>> 3, code[e + 1]);
    for (let e = summed; e < states; e += 3)
      f64.fill(0, code[e + 2] >>> 3, (code[e + 2] >>> 3) + code[e + 1]);
    for (let step = 0; step < length; step++) {
      const t = reverse ? length - 1 - step : step;
      for (let e = elements; e < stacked; e += 3)
        fill(code[e + 2] >>> 3, (code[e] >>> 3) + t * code[e + 1], code[e + 1]);
      this.run(body, body + bodyWords, input, output);
      for (let e = stacked; e < summed; e += 3)
        copy((code[e + 2] >>> 3) + t * code[e + 1], code[e] >>> 3, code[e + 1]);
      for (let e = summed; e < states; e += 3) {
        for (let i = 0; i < code[e + 1]; i++) f64[(code[e + 2] >>> 3) + i] += f64[(code[e] >>> 3) + i];
      }
      for (let e = states; e < body; e += 5) fill(code[e + 2] >>> 3, code[e] >>> 3, code[e + 1]);
    }
    for (let e = states; e < body; e += 5) copy(code[e + 4] >>> 3, code[e + 2] >>> 3, code[e + 1]);
    return body + bodyWords;
  }

  /** Differential equations are for `BaselineProgram`: their solvers are large. */
  protected ode(_at: number, _input: number, _output: number): number {
    throw new RangeError('the interpreter has no solver of differential equations');
  }

  private unpack(at: number, input: number): void {
    const { f64, i32: code } = this.memory;
    for (let k = 0; k < code[at + 1]; k++) {
      const [offset, length, address] = code.subarray(at + 2 + 3 * k, at + 5 + 3 * k);
      const to = address >>> 3;
      for (let i = 0; i < length; i++) f64[to + i] = f64[input + offset + i];
      if (length === 1) f64[to + 1] = f64[to];
    }
  }

  private pack(at: number, output: number): void {
    const { f64, i32: code } = this.memory;
    for (let k = 0; k < code[at + 1]; k++) {
      const [offset, length, address] = code.subarray(at + 2 + 3 * k, at + 5 + 3 * k);
      const from = address >>> 3;
      for (let i = 0; i < length; i++) f64[output + offset + i] = f64[from + i];
    }
  }
}

/** [header, n, x, y], or with several inputs [header, n, vectors, inputs…, y] */
function elementwise(compute: ElementwiseOperation['compute']): BaselineKernel {
  const arity = compute.length;
  if (arity === 1) {
    return ({ f64 }, code, at) => {
      const n = code[at + 1];
      const [x, y] = [code[at + 2] >>> 3, code[at + 3] >>> 3];
      for (let i = 0; i < n; i++) f64[y + i] = compute(f64[x + i], 0, 0);
      if (n === 1) f64[y + 1] = f64[y];
    };
  }
  return ({ f64 }, code, at) => {
    const n = code[at + 1];
    const bits = code[at + 2];
    const step = [bits & 1, (bits >> 1) & 1, (bits >> 2) & 1];
    const a = code[at + 3] >>> 3;
    const b = code[at + 4] >>> 3;
    const c = arity === 3 ? code[at + 5] >>> 3 : a;
    const y = code[at + 3 + arity] >>> 3;
    for (let i = 0; i < n; i++)
      f64[y + i] = compute(f64[a + i * step[0]], f64[b + i * step[1]], f64[c + i * step[2]]);
    if (n === 1) f64[y + 1] = f64[y];
  };
}

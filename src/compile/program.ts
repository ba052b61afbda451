/** A whole program: constants, prelude and procedures, linked into one image. */
import type { Expression } from '../expr';
import { sizeOf } from '../expr';
import type { Code } from './code';
import {
  checksum,
  FORMAT_VERSION,
  HEADER,
  HEADER_SIZE,
  MAGIC,
  PROCEDURE,
  PROCEDURE_NAMES,
  PROGRAM_BASE,
  type ProcedureName,
} from './image';
import type { Location } from './location';
import { compileProcedure, type CompiledProcedure, type ProcedureSource } from './procedure';
import { paddedBytes } from './storage';
import { isComputed, placeOf, reachable, readsOf } from './unit';

/** What to compile: `density` has the gradient as its outputs and the log density as its value. */
export type ProgramSource = Partial<
  Record<Exclude<ProcedureName, 'batch'>, Omit<ProcedureSource, 'kept'>>
> & {
  /** Leaves whose values a host may replace, by the numbers it will call them by. */
  readonly slots?: readonly Expression[];
  /** The slot among them that chooses a batch of the data: procedure `batch` computes what depends on it and data alone. */
  readonly chosen?: Expression;
};

const NOTHING: Omit<ProcedureSource, 'kept'> = { inputs: [], outputs: [] };
const GIBIBYTE = 1 << 30;
const ADDRESS_LIMIT = 4 * GIBIBYTE - 65536;

/** The image of a program. Throws where it would not fit a 32-bit memory. */
export function compileProgram(source: ProgramSource): Uint8Array {
  const procedures = PROCEDURE_NAMES.map((name) =>
    name === 'batch' ? source.chosen && NOTHING : source[name],
  );
  const wanted = procedures.flatMap((procedure) =>
    procedure ? [...procedure.outputs, ...(procedure.value ? [procedure.value] : [])] : [],
  );
  const needed = constantsOf(wanted);
  const leaves = new Set(reachable(needed, () => false, readsOf).filter((node) => node.values !== undefined));

  const known = new Map<Expression, Location>();
  const constants = new ConstantPool(PROGRAM_BASE + align(HEADER_SIZE));
  for (const leaf of leaves) known.set(leaf, { base: 'constant', address: constants.place(leaf.values!) });
  const slots = (source.slots ?? []).map((slot) => {
    const address = constants.place(slot.initial!);
    known.set(slot, { base: 'constant', address });
    return { address, length: slot.size };
  });

  let work = 0;
  /** What outlives the procedure that computes it, each in a buffer of its own. */
  const keep = (nodes: ReadonlySet<Expression>): CompiledProcedure => {
    const kept = new Map<Expression, Location>();
    for (const node of nodes) {
      kept.set(node, { base: 'work', address: work });
      work += paddedBytes(node.size);
    }
    const procedure = compileProcedure({ inputs: [], outputs: [], kept }, known, work);
    for (const [node, location] of kept) known.set(node, location);
    return procedure;
  };
  const prelude = keep(new Set(needed.filter(isComputed)));
  const batch = source.chosen && keep(batchOf(wanted, source.chosen));
  const compiled = procedures.map((procedure, number) =>
    PROCEDURE_NAMES[number] === 'batch' ? batch : procedure && compileProcedure(procedure, known, work),
  );

  return link(procedures, prelude, compiled, constants, slots);
}

/** Maximal expressions of a slot and data alone among what the results need. */
function batchOf(results: readonly Expression[], slot: Expression): Set<Expression> {
  const held = new Map<Expression, boolean>();
  const order = reachable(results, (node) => node.isConstant, readsOf);
  for (const node of order) {
    const reads = readsOf(node);
    const alone = reads.every((input) => input.isConstant || held.get(input));
    held.set(node, node === slot || (!node.isConstant && reads.length > 0 && alone));
  }
  const maximal = reachable(results, (node) => held.get(node) === true, readsOf);
  return new Set(
    maximal
      .filter((node) => held.get(node))
      .map((node) => placeOf(node).root)
      .filter(isComputed),
  );
}

/** Maximal expressions of data alone among what the results need. */
function constantsOf(results: readonly Expression[]): Expression[] {
  const isKnown = (node: Expression): boolean => node.isConstant;
  return reachable(results, isKnown, readsOf)
    .filter(isKnown)
    .map((node) => placeOf(node).root);
}

class ConstantPool {
  readonly parts: { address: number; values: Float64Array | Int32Array }[] = [];

  constructor(public end: number) {}

  /** A single number fills both lanes. */
  place(values: Float64Array | Int32Array): number {
    const address = this.end;
    const stored =
      values instanceof Float64Array && values.length === 1 ? Float64Array.of(values[0], values[0]) : values;
    this.parts.push({ address, values: stored });
    this.end += align(stored.byteLength);
    return address;
  }
}

function link(
  sources: readonly (Omit<ProcedureSource, 'kept'> | undefined)[],
  prelude: CompiledProcedure,
  compiled: readonly (CompiledProcedure | undefined)[],
  constants: ConstantPool,
  slots: readonly { readonly address: number; readonly length: number }[],
): Uint8Array {
  const present = compiled.filter((procedure) => procedure !== undefined);
  const all = [prelude, ...present];
  const codeWords = all.reduce(
    (sum, { code }) => sum + code.words.length + code.fixups.input.length + code.fixups.output.length,
    2 * slots.length,
  );
  const workStart = align(constants.end + codeWords * 4);
  const end = workStart + Math.max(...all.map((procedure) => procedure.end));
  if (end > ADDRESS_LIMIT) {
    throw new RangeError(
      `compile: the model needs ${(end / GIBIBYTE).toFixed(1)} GiB, and a WebAssembly memory ends at 4 GiB`,
    );
  }

  const image = new Uint8Array(workStart - PROGRAM_BASE);
  const words = new Int32Array(image.buffer);
  const at = (address: number): number => (address - PROGRAM_BASE) / 4;
  for (const { address, values } of constants.parts) {
    image.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address - PROGRAM_BASE);
  }

  let next = constants.end;
  const put = (list: readonly number[]): number => {
    const address = next;
    words.set(list, at(address));
    next += list.length * 4;
    return address;
  };
  const putCode = (code: Code): number => {
    const address = put(code.words);
    for (const word of code.fixups.work) words[at(address) + word] += workStart;
    return address;
  };

  words[HEADER.prelude >> 2] = putCode(prelude.code);
  compiled.forEach((procedure, number) => {
    if (!procedure) return;
    const { inputs, outputs } = sources[number]!;
    const { code, value } = procedure;
    const address = putCode(code);
    const record: Record<keyof Omit<typeof PROCEDURE, 'size'>, number> = {
      code: address,
      value: value ? value.address + (value.base === 'work' ? workStart : 0) : 0,
      inputLength: lengthOf(inputs),
      outputLength: lengthOf(outputs),
      inputFixups: put(code.fixups.input.map((word) => address + word * 4)),
      inputFixupCount: code.fixups.input.length,
      outputFixups: put(code.fixups.output.map((word) => address + word * 4)),
      outputFixupCount: code.fixups.output.length,
      inputPointer: 0,
      outputPointer: 0,
    };
    const start = (HEADER.procedures + number * PROCEDURE.size) >> 2;
    for (const [name, content] of Object.entries(record))
      words[start + (PROCEDURE[name as keyof typeof record] >> 2)] = content;
  });

  words[HEADER.slots >> 2] = put(slots.flatMap(({ address, length }) => [address, length]));
  words[HEADER.slotCount >> 2] = slots.length;
  words[HEADER.full >> 2] = all.some(({ code }) => code.needsFull) ? 1 : 0;
  words[HEADER.magic >> 2] = MAGIC;
  words[HEADER.version >> 2] = FORMAT_VERSION;
  words[HEADER.shipped >> 2] = image.length;
  words[HEADER.total >> 2] = end - PROGRAM_BASE;
  words[HEADER.dimension >> 2] = sources[0] ? lengthOf(sources[0].inputs) : 0;
  words[HEADER.quantities >> 2] = sources[1] ? lengthOf(sources[1].outputs) : 0;
  words[HEADER.terms >> 2] = sources[2] ? lengthOf(sources[2].outputs) : 0;
  words[HEADER.checksum >> 2] = checksum(words.subarray((HEADER.checksum >> 2) + 1));
  return image;
}

function lengthOf(segments: readonly Expression[]): number {
  return segments.reduce((sum, segment) => sum + sizeOf(segment.shape), 0);
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

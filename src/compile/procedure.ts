/** One procedure: places for its input and output vectors, and its code. */
import { Opcode } from '../../assembly/program/opcodes';
import type { Expression } from '../expr';
import { Code } from './code';
import { Emitter, plan, unitsIn } from './emitter';
import { Locations, type Location } from './location';
import { Scratch } from './storage';
import { placeOf } from './unit';

export interface ProcedureSource {
  /** The input vector, as segments in order. */
  readonly inputs: readonly Expression[];
  /** The output vector, as segments in order. */
  readonly outputs: readonly Expression[];
  /** A scalar result beside the output vector. */
  readonly value?: Expression;
  /** Results to leave in buffers that outlive the procedure. */
  readonly kept?: ReadonlyMap<Expression, Location>;
}

export interface CompiledProcedure {
  readonly code: Code;
  readonly value: Location | undefined;
  /** End of its buffers, relative to the work region. */
  readonly end: number;
}

/** Segments this long are read and written in place; shorter ones are copied to buffers of their own. */
const IN_PLACE = 2;

interface Segment {
  readonly node: Expression;
  readonly offset: number;
}

/**
 * @param known constants: leaves, and what the prelude leaves behind
 * @param scratch where this procedure's buffers start in the work region
 */
export function compileProcedure(
  source: ProcedureSource,
  known: ReadonlyMap<Expression, Location>,
  scratch: number,
): CompiledProcedure {
  const results = [
    ...source.outputs,
    ...(source.value ? [source.value] : []),
    ...(source.kept?.keys() ?? []),
  ];
  const { steps, lastReader } = plan(results, (node) => known.has(node));
  const buffers = new Scratch(scratch);
  const locations = new Locations(known);
  const code = new Code(locations);
  const emitter = new Emitter(locations, buffers, code);

  for (const [node, { base, address }] of source.kept ?? []) locations.set(node, base, address);
  placeInputs();
  const copied = placeOutputs();
  emitter.run({ steps, lastReader });
  copySegments(Opcode.Pack, copied);
  code.instruction(Opcode.End);
  return { code, value: source.value && locations.of(source.value), end: buffers.end };

  function placeInputs(): void {
    const short: Segment[] = [];
    let offset = 0;
    for (const node of source.inputs) {
      if (lastReader.has(node)) {
        if (node.size >= IN_PLACE) locations.set(node, 'input', offset * 8);
        else {
          short.push({ node, offset });
          emitter.take(node, node.size);
        }
      }
      offset += node.size;
    }
    copySegments(Opcode.Unpack, short);
  }

  /** Long outputs are computed where they belong; gives the others, which are copied at the end. */
  function placeOutputs(): Segment[] {
    const computed = new Set(steps.flatMap(unitsIn).flatMap((unit) => unit.outputs));
    const length = source.outputs.reduce((sum, node) => sum + node.size, 0);
    const rest: Segment[] = [];
    let offset = 0;
    for (const node of source.outputs) {
      const { root, offset: within } = placeOf(node);
      // Kernels write whole vectors: an odd segment would spill into its neighbour, unless it is the last.
      const fits = node.size % 2 === 0 || offset + node.size === length;
      const whole = within === 0 && root.size === node.size && computed.has(root) && !locations.has(root);
      if (node.size >= IN_PLACE && fits && whole) locations.set(root, 'output', offset * 8);
      else rest.push({ node, offset });
      offset += node.size;
    }
    return rest;
  }

  /** [header, segments, (offset, length, address)…] */
  function copySegments(opcode: Opcode, segments: readonly Segment[]): void {
    if (segments.length === 0) return;
    code.instruction(opcode, () => {
      code.words.push(segments.length);
      for (const { node, offset } of segments) {
        code.words.push(offset, node.size);
        code.operand(node);
      }
    });
  }
}

/** One procedure: places for everything it touches, and its code. */
import { Opcode } from '../../assembly/program/opcodes';
import type { Expression } from '../expr';
import { Code, type LoopContext } from './code';
import { Locations, type Location } from './location';
import { schedule, type Loop, type Step } from './schedule';
import { paddedBytes, Scratch } from './storage';
import { isRowOutput, placeOf, reachable, unitsOf, type Unit } from './unit';

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
const IN_PLACE = 32;

/**
 * @param known constants: leaves, and what the prelude leaves behind
 * @param scratch where this procedure's buffers start in the work region
 */
export function compileProcedure(source: ProcedureSource, known: ReadonlyMap<Expression, Location>, scratch: number): CompiledProcedure {
  const results = [...source.outputs, ...(source.value ? [source.value] : []), ...(source.kept?.keys() ?? [])];
  const isKnown = (node: Expression): boolean => known.has(node);
  const steps = schedule(unitsOf(reachable(results, isKnown).filter((node) => !isKnown(node))));
  const lastReader = lastReaders(steps, results);
  const buffers = new Scratch(scratch);
  const locations = new Locations(known);
  const code = new Code(locations);

  for (const [node, { base, address }] of source.kept ?? []) locations.set(node, base, address);
  placeInputs();
  const copied = placeOutputs();
  steps.forEach((step, at) => {
    if (step.kind === 'loop') emitLoop(step, at);
    else emitSingle(step.unit, at);
  });
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
          take(node, node.size);
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

  function take(root: Expression, count: number): void {
    if (!locations.has(root)) locations.set(root, 'work', buffers.take(paddedBytes(count)));
  }

  function release(root: Expression, count: number): void {
    const location = locations.get(root);
    if (location?.base === 'work') buffers.release(location.address, paddedBytes(count));
  }

  function emitSingle(unit: Unit, at: number): void {
    const victim = overwritable(unit, at);
    if (victim) locations.set(unit.outputs[0]!, 'work', locations.get(victim)!.address);
    for (const output of unit.outputs) if (output) take(output, output.size);
    code.unit(unit);
    for (const root of rootsOf(unit)) if (lastReader.get(root) === at && root !== victim) release(root, root.size);
  }

  /** An operand that nobody reads again and that an elementwise result may overwrite. */
  function overwritable(unit: Unit, at: number): Expression | undefined {
    const [output] = unit.outputs;
    if (unit.node.op.kind !== 'elementwise' || !output || locations.has(output)) return undefined;
    return rootsOf(unit).find(
      (root) => lastReader.get(root) === at && root.size === output.size && locations.get(root)?.base === 'work',
    );
  }

  function emitLoop({ rows, block, units }: Loop, at: number): void {
    const inside = new Set<Expression>();
    const lastWithin = new Map<Expression, number>();
    units.forEach((unit, position) => {
      unit.outputs.forEach((output, k) => {
        if (output && isRowOutput(unit, k) && lastReader.get(output) === at) inside.add(output);
      });
      for (const root of rootsOf(unit)) lastWithin.set(root, position);
    });
    for (const unit of units) for (const output of unit.outputs) if (output && !inside.has(output)) take(output, output.size);

    const body = new Code(locations);
    const loop: LoopContext = { block, moves: [], counts: [], accumulations: [], inside };
    units.forEach((unit, position) => {
      for (const output of unit.outputs) if (output && inside.has(output)) take(output, block);
      body.unit(unit, loop);
      for (const root of rootsOf(unit)) if (inside.has(root) && lastWithin.get(root) === position) release(root, block);
    });
    code.instruction(Opcode.Loop, () => {
      const { moves, counts, accumulations } = loop;
      code.words.push(rows, block, body.words.length, moves.length / 2, counts.length, accumulations.length);
      for (const list of [moves, counts, accumulations]) for (const word of list) code.words.push(word);
    });
    code.append(body);
    for (const root of lastWithin.keys()) if (!inside.has(root) && lastReader.get(root) === at) release(root, root.size);
  }
}

interface Segment {
  readonly node: Expression;
  readonly offset: number;
}

function unitsIn(step: Step): readonly Unit[] {
  return step.kind === 'loop' ? step.units : [step.unit];
}

/** The buffers a unit reads, each once. */
function rootsOf(unit: Unit): Expression[] {
  return [...new Set(unit.inputs.map((input) => placeOf(input).root))];
}

/** The last step that reads each buffer; results are never done with. */
function lastReaders(steps: readonly Step[], results: readonly Expression[]): Map<Expression, number> {
  const last = new Map<Expression, number>();
  steps.forEach((step, at) => {
    for (const unit of unitsIn(step)) for (const root of rootsOf(unit)) last.set(root, at);
  });
  for (const result of results) last.set(placeOf(result).root, Infinity);
  return last;
}

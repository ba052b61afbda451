/** Emits steps one after another, giving buffers to results and taking them back after their last reader. */
import { Opcode } from '../../assembly/program/opcodes';
import type { Expression } from '../expr';
import type { OdeOperation, ScanOperation } from '../expr/operation';
import { absorbProducts } from './absorb';
import { Code, type LoopContext } from './code';
import type { Locations } from './location';
import { schedule, type Loop, type Step } from './schedule';
import { paddedBytes, type Scratch } from './storage';
import { isRowOutput, placeOf, reachable, unitsOf, type Unit } from './unit';

/** Steps that compute `results`, and the last one that reads each buffer; results are never done with. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly lastReader: ReadonlyMap<Expression, number>;
}

/** @param isKnown whether a node is there already */
export function plan(results: readonly Expression[], isKnown: (node: Expression) => boolean): Plan {
  const order = reachable(results, isKnown).filter((node) => !isKnown(node));
  const steps = schedule(unitsOf(order, absorbProducts(order, results)));
  const lastReader = new Map<Expression, number>();
  steps.forEach((step, at) => {
    for (const unit of unitsIn(step)) for (const root of rootsOf(unit)) lastReader.set(root, at);
  });
  for (const result of results) lastReader.set(placeOf(result).root, Infinity);
  return { steps, lastReader };
}

export class Emitter {
  constructor(
    private readonly locations: Locations,
    private readonly buffers: Scratch,
    readonly code: Code,
  ) {}

  /** A buffer of its own for `count` elements of a node that has no place yet. */
  take(root: Expression, count: number): void {
    if (!this.locations.has(root)) this.locations.set(root, 'work', this.buffers.take(paddedBytes(count)));
  }

  run({ steps, lastReader }: Plan): void {
    steps.forEach((step, at) => {
      const isLast = (root: Expression): boolean => lastReader.get(root) === at;
      if (step.kind === 'loop') this.loop(step, isLast);
      else this.single(step.unit, isLast);
    });
  }

  private release(root: Expression, count: number): void {
    const location = this.locations.get(root);
    if (location?.base === 'work') this.buffers.release(location.address, paddedBytes(count));
  }

  private single(unit: Unit, isLast: (root: Expression) => boolean): void {
    const victim = this.overwritable(unit, isLast);
    if (victim) this.locations.set(unit.outputs[0]!, 'work', this.locations.get(victim)!.address);
    for (const output of unit.outputs) if (output) this.take(output, output.size);
    if (unit.node.op.kind === 'scan') this.scan(unit.node, unit.node.op);
    else if (unit.node.op.kind === 'ode') this.ode(unit.node, unit.node.op);
    else this.code.unit(unit);
    for (const root of rootsOf(unit)) if (isLast(root) && root !== victim) this.release(root, root.size);
  }

  /** An operand that nobody reads again and that an elementwise result may overwrite. */
  private overwritable(unit: Unit, isLast: (root: Expression) => boolean): Expression | undefined {
    const [output] = unit.outputs;
    if (unit.node.op.kind !== 'elementwise' || !output || this.locations.has(output)) return undefined;
    return rootsOf(unit).find(
      (root) => isLast(root) && root.size === output.size && this.locations.get(root)?.base === 'work',
    );
  }

  private loop({ rows, block, units }: Loop, isLast: (root: Expression) => boolean): void {
    const inside = new Set<Expression>();
    const lastWithin = new Map<Expression, number>();
    units.forEach((unit, position) => {
      unit.outputs.forEach((output, k) => {
        if (output && isRowOutput(unit, k) && isLast(output)) inside.add(output);
      });
      for (const root of rootsOf(unit)) lastWithin.set(root, position);
    });
    for (const unit of units)
      for (const output of unit.outputs) if (output && !inside.has(output)) this.take(output, output.size);

    const body = new Code(this.locations);
    const loop: LoopContext = { block, moves: [], counts: [], accumulations: [], inside };
    units.forEach((unit, position) => {
      for (const output of unit.outputs) if (output && inside.has(output)) this.take(output, block);
      body.unit(unit, loop);
      for (const root of rootsOf(unit))
        if (inside.has(root) && lastWithin.get(root) === position) this.release(root, block);
    });
    this.code.instruction(Opcode.Loop, () => {
      const { moves, counts, accumulations } = loop;
      this.code.words.push(
        rows,
        block,
        body.words.length,
        moves.length / 2,
        counts.length,
        accumulations.length,
      );
      for (const list of [moves, counts, accumulations]) for (const word of list) this.code.words.push(word);
    });
    this.code.append(body);
    for (const root of lastWithin.keys())
      if (!inside.has(root) && isLast(root)) this.release(root, root.size);
  }

  /**
   * [header, length, reverse, body words, elements, stacked, summed, states, (sequence, size, buffer)…,
   * (buffer, size, result)…, (buffer, size, result)…, (next, size, buffer, initial, final)…], then the body
   */
  private scan(node: Expression, { body, length, reverse }: ScanOperation): void {
    const { carries, elements, captured, next, stacked, summed } = body;
    const initial = node.inputs.slice(0, carries.length);
    const sequences = node.inputs.slice(carries.length, carries.length + elements.length);
    const places = [...carries, ...elements];
    const results = [...next, ...stacked, ...summed];
    const outside = node.inputs.slice(carries.length + elements.length);
    const { inner, inside } = this.body(places, captured, outside, results);
    // A state that another one becomes must survive until that one has been replaced.
    const settled = next.map((after, i) => {
      const { root } = placeOf(after);
      return carries.includes(root) && root !== carries[i] ? inner.copy(after) : inside.of(after);
    });

    const result = this.locations.of(node);
    let part = 0;
    const place = (count: number): number => {
      const start = part;
      part += count;
      return start * 8;
    };
    const finals = carries.map((carry) => place(carry.size));
    const { code } = this;
    code.instruction(Opcode.Scan, () => {
      code.words.push(
        length,
        reverse ? 1 : 0,
        inner.code.words.length,
        elements.length,
        stacked.length,
        summed.length,
        carries.length,
      );
      elements.forEach((element, j) => {
        code.operand(sequences[j]);
        code.words.push(element.size);
        code.address(inside.of(element));
      });
      for (const output of stacked) {
        code.address(inside.of(output));
        code.words.push(output.size);
        code.address({ ...result, address: result.address + place(output.size * length) });
      }
      for (const output of summed) {
        code.address(inside.of(output));
        code.words.push(output.size);
        code.address({ ...result, address: result.address + place(output.size) });
      }
      carries.forEach((carry, i) => {
        code.address(settled[i]);
        code.words.push(carry.size);
        code.address(inside.of(carry));
        code.operand(initial[i]);
        code.address({ ...result, address: result.address + finals[i] });
      });
    });
    code.append(inner.code);
    inner.releaseBody(places, captured, results);
  }

  /**
   * [header, times, size, base, stiff, max steps, body words, time, state, slope, jacobian, initial, start, times, relative,
   * absolute, result, workspace], then the body
   */
  private ode(node: Expression, { body, base, stiff, maxSteps }: OdeOperation): void {
    const { time, state, captured, slope, jacobian } = body;
    const [initial, start, times, relative, absolute, ...outside] = node.inputs;
    const places = [time, state];
    const results = jacobian ? [slope, jacobian] : [slope];
    const { inner, inside } = this.body(places, captured, outside, results);
    // State, new state, error and seven stages; or four, a right-hand side, the factors and their pivots.
    const vectors = paddedBytes(state.size) * (stiff ? 8 : 10);
    const workspace = vectors + (stiff ? paddedBytes(base * base) + paddedBytes(base) : 0);
    const address = this.buffers.take(workspace);
    const { code } = this;
    code.instruction(Opcode.Ode, () => {
      code.words.push(times.size, state.size, base, stiff ? 1 : 0, maxSteps, inner.code.words.length);
      for (const local of [time, state, slope, jacobian ?? slope]) code.address(inside.of(local));
      for (const input of [initial, start, times, relative, absolute, node]) code.operand(input);
      code.address({ base: 'work', address });
    });
    code.append(inner.code);
    this.buffers.release(address, workspace);
    inner.releaseBody(places, captured, results);
  }

  /** Code that is run again and again on values in fixed places. */
  private body(
    places: readonly Expression[],
    captured: readonly Expression[],
    outside: readonly Expression[],
    results: readonly Expression[],
  ): { inner: Emitter; inside: Locations } {
    const inside = this.locations.scope();
    const inner = new Emitter(inside, this.buffers, new Code(inside));
    outside.forEach((value, m) => {
      const { base, address } = this.locations.of(value);
      inside.set(captured[m], base, address);
    });
    for (const place of places) inner.take(place, place.size);
    // Places are filled anew every time, and captured buffers read again: neither is handed on.
    inner.run(plan([...results, ...places, ...captured], (candidate) => inside.isKnown(candidate)));
    return { inner, inside };
  }

  private releaseBody(
    places: readonly Expression[],
    captured: readonly Expression[],
    results: readonly Expression[],
  ): void {
    for (const root of new Set([...places, ...results.map((result) => placeOf(result).root)])) {
      if (!captured.includes(root)) this.release(root, root.size);
    }
  }

  /** A copy in a buffer of its own, which is not handed on. */
  private copy(node: Expression): { base: 'work'; address: number } {
    const address = this.buffers.take(paddedBytes(node.size));
    const { words } = this.code;
    this.code.instruction(Opcode.Slice, () => {
      words.push(1, node.size, 1, 0, node.size);
      this.code.operand(node);
      this.code.address({ base: 'work', address });
    });
    return { base: 'work', address };
  }
}

export function unitsIn(step: Step): readonly Unit[] {
  return step.kind === 'loop' ? step.units : [step.unit];
}

/** The buffers a unit reads, each once. */
function rootsOf(unit: Unit): Expression[] {
  return [...new Set(unit.inputs.map((input) => placeOf(input).root))];
}

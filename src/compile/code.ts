/** Instructions as words, with the operand words that are fixed up later. */
import { FURTHER, type Opcode } from '../../assembly/program/opcodes';
import type { Expression } from '../expr';
import type { Encoder } from '../expr/operation';
import type { Fixups, Location, Locations } from './location';
import { fusedCount, fusedOf, isRowOutput, placeOf, type Unit } from './unit';

/** What an instruction inside a loop has to tell the loop. */
export interface LoopContext {
  readonly block: number;
  /** Words that advance with every block, each followed by its bytes per row. */
  readonly moves: number[];
  /** Words that hold a number of rows. */
  readonly counts: number[];
  /** Words that tell the first block from later ones. */
  readonly accumulations: number[];
  /** What the loop computes and only the loop reads: held for one block at a time. */
  readonly inside: ReadonlySet<Expression>;
}

export class Code {
  readonly words: number[] = [];
  readonly fixups: Fixups = { work: [], input: [], output: [] };
  /** Whether only the full build of the module has all instructions. */
  needsFull = false;

  constructor(private readonly locations: Locations) {}

  /** An instruction whose operands `body` writes. */
  instruction(opcode: Opcode, body?: () => void): void {
    const at = this.words.length;
    this.words.push(0);
    body?.();
    this.closeHeader(at, opcode);
  }

  /** The address of a node as the next word. */
  operand(node: Expression): void {
    this.address(this.locations.of(node));
  }

  address({ base, address }: Location): void {
    if (base !== 'constant') this.fixups[base].push(this.words.length);
    this.words.push(address);
  }

  /** Everything of `other`, behind what is here. */
  append(other: Code): void {
    this.needsFull ||= other.needsFull;
    for (const base of ['work', 'input', 'output'] as const) {
      for (const word of other.fixups[base]) this.fixups[base].push(this.words.length + word);
    }
    for (const word of other.words) this.words.push(word);
  }

  unit(unit: Unit, loop?: LoopContext): void {
    const { words } = this;
    const at = words.length;
    const encoder: Encoder = {
      count: (n) => {
        loop?.counts.push(words.length);
        words.push(loop ? loop.block : n);
      },
      word: (value) => words.push(value),
      input: (k) => {
        const node = unit.inputs[k];
        const role = unit.blocks?.inputs[k];
        if (loop && (role === 'advance' || (role === 'row' && !loop.inside.has(placeOf(node).root)))) {
          loop.moves.push(words.length, node.dtype === 'i32' ? 4 : 8);
        }
        this.operand(node);
      },
      output: (k = 0) => {
        const node = unit.outputs[k];
        if (!node) {
          words.push(0);
          return;
        }
        if (loop && isRowOutput(unit, k) && !loop.inside.has(node)) loop.moves.push(words.length, 8);
        this.operand(node);
      },
      accumulate: () => {
        loop?.accumulations.push(words.length);
        words.push(0);
      },
    };
    words.push(0);
    const { op } = unit.node;
    const fused = fusedOf(unit);
    if (fused) {
      if (fused.encode) fused.encode(encoder, unit.inputs);
      else encodeFused(encoder, unit);
      this.closeHeader(at, fused.opcode);
    } else if (op.kind === 'elementwise') {
      encodeElementwise(encoder, unit);
      this.closeHeader(at, op.opcode);
    } else if (op.kind === 'structured') {
      op.encode(encoder, unit.node);
      this.closeHeader(at, op.opcode);
    }
  }

  /** The opcode in the low 12 bits, the number of words above. */
  private closeHeader(at: number, opcode: Opcode): void {
    const length = this.words.length - at;
    if (length >= 1 << 20)
      throw new RangeError(
        `compile: an instruction of ${length} words is too long; the limit is ${(1 << 20) - 1}`,
      );
    this.needsFull ||= opcode >= FURTHER;
    this.words[at] = opcode | (length << 12);
  }
}

/** [header, n, vectors, inputs…, y]: bit k of `vectors` is set where input k has an element for each of the n. */
function encodeElementwise(to: Encoder, { node, inputs }: Unit): void {
  to.count(node.size);
  if (inputs.length > 1) to.word(vectorBits(inputs, node.size));
  inputs.forEach((_, k) => to.input(k));
  to.output();
}

/** [header, n, vectors, a, b, c, value, ∂a, ∂b, ∂c, accumulate]; where there is no third input, the first stands in. */
function encodeFused(to: Encoder, { inputs, outputs }: Unit): void {
  const n = fusedCount(inputs);
  to.count(n);
  to.word(vectorBits(inputs, n));
  for (let k = 0; k < 3; k++) to.input(k < inputs.length ? k : 0);
  for (let k = 0; k < 4; k++) {
    if (k < outputs.length) to.output(k);
    else to.word(0);
  }
  to.accumulate();
}

function vectorBits(inputs: readonly Expression[], n: number): number {
  return n === 1 ? 0 : inputs.reduce((bits, input, k) => (input.size === n ? bits | (1 << k) : bits), 0);
}

/** Where values lie: addresses within constants, buffers, or the input and output vectors of a call. */
import type { Expression } from '../expr';
import { placeOf } from './unit';

/** Constants have their final address; the others are relative until linked (work) or called (input, output). */
export type Base = 'constant' | 'work' | 'input' | 'output';

export interface Location {
  readonly base: Base;
  /** In bytes. */
  readonly address: number;
}

/** Operand words to which the start of each region is added later. */
export type Fixups = Record<Exclude<Base, 'constant'>, number[]>;

export class Locations {
  private readonly own = new Map<Expression, Location>();

  constructor(private readonly known: ReadonlyMap<Expression, Location>) {}

  /** For a body that is run elsewhere too: with the constants, and nothing else yet. */
  scope(): Locations {
    return new Locations(this.known);
  }

  /** Whether a node's value is there already: a constant, or computed. */
  isKnown(node: Expression): boolean {
    return this.known.has(node) || this.own.has(node);
  }

  has(root: Expression): boolean {
    return this.own.has(root);
  }

  get(root: Expression): Location | undefined {
    return this.own.get(root);
  }

  set(root: Expression, base: Base, address: number): void {
    this.own.set(root, { base, address });
  }

  /** Of any node, views included. */
  of(node: Expression): Location {
    const { root, offset } = placeOf(node);
    const location = this.known.get(root) ?? this.own.get(root);
    if (!location) throw new Error(`compile: ${node} is read before it is computed`);
    return { base: location.base, address: location.address + offset };
  }
}

/** Starting points: given, or drawn until one has a finite density; when none has, the terms to blame. */

import { shown } from '../arguments';
import type { Layout, Quantity, Target } from '../target/target';
import { didYouMean } from '../model/nearest';
import type { Chain } from './chain';

/** Values of a parameter on the model's own scale: a number, nested arrays, or flat in row-major order. */
export type InitialValue = number | ArrayLike<number> | readonly InitialValue[];

/** What has a position in the memory of an instance. */
export type Placed = Pick<Chain, 'instance' | 'pointer'>;

/** Starting values by parameter name. */
export type InitialValues = Readonly<Record<string, InitialValue>>;

/** What a chain starts from; what neither gives is drawn uniformly in each unconstrained dimension. */
export interface Start {
  readonly given?: InitialValues | undefined;
  /** Puts draws at the position of a chain, others at each call; what is given is there already. */
  readonly draw?: ((chain: Placed) => void) | undefined;
}

const ATTEMPTS = 100;
export const QUANTITIES = 1;
const TERMS = 2;
export const UNCONSTRAIN = 3;

/**
 * Puts a chain at a point where log density and gradient are finite, trying up to a hundred times.
 *
 * @throws Error that names the terms of the model that no starting point satisfied
 * @throws RangeError for initial values of unknown names, wrong lengths or outside their support
 */
export function startChain(
  chain: Placed,
  target: Target,
  radius: number,
  { given: initial = {}, draw }: Start,
): void {
  const { exports } = chain.instance;
  const given = givenValues(target.layout, initial);
  const parameters = target.layout.quantities.filter((quantity) => quantity.kind === 'parameter');
  const settled = parameters.length > 0 && given.length === parameters.length;
  const attempts = settled && draw === undefined ? 1 : ATTEMPTS;
  const blame = new Blame(target);
  for (let attempt = 0; attempt < attempts; attempt++) {
    exports.drawPosition(chain.pointer, radius);
    if (given.length > 0) impose(chain, target, parameters, given);
    draw?.(chain);
    if (exports.evaluate(chain.pointer) !== 0) return;
    blame.add(chain);
  }
  throw blame.error(attempts, given.length > 0);
}

interface Given {
  readonly quantity: Quantity;
  readonly values: readonly number[];
}

function givenValues(layout: Layout, initial: InitialValues): Given[] {
  return Object.entries(initial).map(([name, value]) => {
    const parameters = layout.quantities.filter(({ kind }) => kind === 'parameter');
    const quantity = parameters.find((candidate) => candidate.name === name);
    if (quantity === undefined) {
      const names = parameters.map((candidate) => candidate.name);
      throw new RangeError(`initial: there is no parameter '${name}'${didYouMean(name, names)}`);
    }
    const values = flatten(value);
    const size = sizeOf(quantity);
    if (values.length !== size) {
      const shape = quantity.shape.length === 0 ? 'one number' : `shape [${quantity.shape.join(', ')}]`;
      throw new RangeError(`initial: '${name}' has ${shape}, got ${values.length} values`);
    }
    const bad = values.findIndex((x) => typeof x !== 'number' || !Number.isFinite(x));
    if (bad >= 0)
      throw new RangeError(`initial: '${name}' must be finite, got ${shown(values[bad])} at ${bad}`);
    const broken = quantity.discrete ? values.findIndex((x) => !Number.isInteger(x)) : -1;
    if (broken >= 0) {
      throw new RangeError(`initial: '${name}' must be whole, got ${values[broken]} at ${broken}`);
    }
    return { quantity, values };
  });
}

function flatten(value: InitialValue): number[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Array.from(value as ArrayLike<InitialValue>).flatMap(flatten);
}

function sizeOf(quantity: Quantity): number {
  return quantity.shape.reduce((product, length) => product * length, 1);
}

/** Gives parameters their initial values at the chain's position; the others stay. */
function impose(
  chain: Placed,
  target: Target,
  parameters: readonly Quantity[],
  given: readonly Given[],
): void {
  const { instance } = chain;
  const position = instance.view(instance.exports.chainPosition(chain.pointer), target.dimension).slice();
  let moved: Float64Array;
  if (target.kind === 'program') {
    const constrained = instance.call(QUANTITIES, position, target.layout.size);
    for (const { quantity, values } of given) constrained.set(values, quantity.offset);
    const size = parameters.reduce((sum, quantity) => sum + sizeOf(quantity), 0);
    moved = instance.call(UNCONSTRAIN, constrained.subarray(0, size), target.dimension);
    if (!moved.every(Number.isFinite)) {
      const names = given.map(({ quantity }) => `'${quantity.name}'`).join(', ');
      throw new RangeError(`initial: the values of ${names} must lie inside the parameters' supports`);
    }
  } else {
    moved = position;
    for (const { quantity, values } of given) moved.set(values, quantity.offset);
  }
  instance.view(instance.exports.chainPosition(chain.pointer), target.dimension).set(moved);
}

/** Tally of what was wrong with the starting points. */
class Blame {
  private readonly densities: number[] = [];
  private readonly terms = new Map<string, number[]>();

  constructor(private readonly target: Target) {}

  /** Look at the point where the chain stands. */
  add(chain: Placed): void {
    const { instance, pointer } = chain;
    const { target } = this;
    this.densities.push(instance.exports.chainLogDensity(pointer));
    if (target.kind !== 'program') return;
    const position = instance.view(instance.exports.chainPosition(pointer), target.dimension).slice();
    const values = instance.call(TERMS, position, target.terms.length);
    target.terms.forEach((name, i) => {
      if (!Number.isFinite(values[i])) this.terms.set(name, [...(this.terms.get(name) ?? []), values[i]]);
    });
  }

  error(attempts: number, given: boolean): Error {
    const wrong = this.densities.filter((value) => !Number.isFinite(value));
    const where = given
      ? attempts === 1
        ? 'at the given initial values'
        : `at ${attempts} starting points with the given initial values`
      : `at all ${attempts} starting points`;
    if (wrong.length === 0) return new Error(`the gradient of the log density is not finite ${where}`);
    const culprits = [...this.terms]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([name, values]) => {
        const times =
          attempts === 1 ? '' : values.length === attempts ? ' each time' : ` at ${values.length} of them`;
        return `the term '${name}' was ${describe(values)}${times}`;
      });
    const blame = culprits.length === 0 ? '' : `: ${culprits.slice(0, 3).join('; ')}`;
    const advice = given ? '' : '; give starting values with the option initial, or check priors and data';
    return new Error(`the log density is ${describe(wrong)} ${where}${blame}${advice}`);
  }
}

/** The kinds of non-finite numbers among values. */
function describe(values: readonly number[]): string {
  const kinds = new Set(values.map((value) => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+∞' : '−∞')));
  return [...kinds].join(' or ');
}

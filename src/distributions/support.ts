/** Where a distribution puts its mass: an interval of the reals or of the integers, or a set of vectors or matrices. */
import { equal, floor, less, lessEqual, mul, select, type Expression, type Operand } from '../expr';
import type { Transform } from '../transforms/transform';
import { sumTrailing } from './event';

/** What the elements of one vector or matrix must satisfy together. */
export interface JointRequirement {
  /** Completes "must …". */
  readonly text: string;
  /** 1 for each vector or matrix that does, 0 for others. */
  readonly holds: (x: Expression) => Expression;
}

export interface Support {
  /** Whole numbers only. */
  readonly integer: boolean;
  /** Lower bound; absent where there is none. It broadcasts against the value. */
  readonly lower?: Operand;
  /** Upper bound; absent where there is none. It broadcasts against the value. */
  readonly upper?: Operand;
  /** The numbers are names, without an order. */
  readonly nominal?: true;
  /** The bounds themselves lie outside. */
  readonly open: boolean;
  /**
   * A value at which the density is finite: stands in for a value outside, so that no NaN reaches a derivative. A
   * function where it takes expressions to say.
   */
  readonly interior: Operand | (() => Operand);
  /** For vectors and matrices: what their elements must satisfy besides. */
  readonly joint?: JointRequirement;
  /** The bijection onto the set, where its bounds do not tell it. */
  readonly transform?: Transform;
}

/** The whole real line. */
export const realLine: Support = { integer: false, open: false, interior: 0 };
/** x > 0. */
export const positive: Support = { integer: false, lower: 0, open: true, interior: 1 };
/** x ≥ 0. */
export const nonNegative: Support = { integer: false, lower: 0, open: false, interior: 1 };
/** 0 < x < 1. */
export const unitInterval: Support = { integer: false, lower: 0, upper: 1, open: true, interior: 0.5 };
/** 0 or 1. */
export const binary: Support = { integer: true, lower: 0, upper: 1, open: false, interior: 0 };
/** 0, 1, 2, … */
export const naturals: Support = { integer: true, lower: 0, open: false, interior: 0 };

/**
 * 1 for each element of x within the bounds, 0 elsewhere; undefined where every element is for certain: there are no
 * bounds, or they and x are known.
 */
export function eachInside(support: Support, x: Expression): Expression | undefined {
  const { lower, upper, open, integer } = support;
  if (x.values?.every((value) => surelyContains(support, value))) return undefined;
  const before = open ? less : lessEqual;
  const conditions: Expression[] = [];
  if (lower !== undefined) conditions.push(before(lower, x));
  if (upper !== undefined) conditions.push(before(x, upper));
  if (integer) conditions.push(equal(x, floor(x)));
  return conditions.length === 0 ? undefined : conditions.reduce((a, b) => mul(a, b));
}

/** Whether a number lies within bounds, as far as they are numbers themselves; false where they are not. */
function surelyContains({ lower = -Infinity, upper = Infinity, open, integer }: Support, x: number): boolean {
  if (typeof lower !== 'number' || typeof upper !== 'number') return false;
  if (integer && !Number.isInteger(x)) return false;
  return open ? lower < x && x < upper : lower <= x && x <= upper;
}

/** 1 for each event in the support, 0 for others, given the same of each element; undefined where all are. */
export function eventsInside(
  support: Support,
  each: Expression | undefined,
  x: Expression,
  eventRank: number,
): Expression | undefined {
  if (eventRank === 0) return each;
  const joint = support.joint?.holds(x);
  if (each === undefined) return joint;
  const outside = sumTrailing(each.sub(1), eventRank);
  const inside = equal(outside, 0);
  return joint === undefined ? inside : mul(inside, joint);
}

/** The interior point, in the graph at work. */
export function interiorOf({ interior }: Support): Operand {
  return typeof interior === 'function' ? interior() : interior;
}

/** x where it is inside, the interior point elsewhere. */
export function clampInside(support: Support, inside: Expression, x: Expression): Expression {
  return select(inside, x, interiorOf(support));
}

/**
 * Where x stands to the bounds, for distribution functions, which are flat beyond them: the elements that lie below all
 * mass, those that no mass lies above, and x with an interior point in place of both.
 */
export function split(
  support: Support,
  x: Expression,
): { at: Expression; isBelow: Expression | undefined; isAbove: Expression | undefined } {
  const { lower, upper, integer } = support;
  const value = integer ? floor(x) : x;
  // An infinite x would make NaN of derivatives; what is known to be finite needs no care.
  const finite = x.values?.every((element) => Number.isFinite(element)) ?? false;
  const [low, high] = [lower ?? (finite ? undefined : -Infinity), upper ?? (finite ? undefined : Infinity)];
  // A continuous variable has no mass at its lower bound, an integer one has.
  const isBelow =
    low === undefined ? undefined : integer && lower !== undefined ? less(value, low) : lessEqual(value, low);
  const isAbove = high === undefined ? undefined : lessEqual(high, value);
  let at = value;
  if (isBelow !== undefined) at = select(isBelow, interiorOf(support), at);
  if (isAbove !== undefined) at = select(isAbove, interiorOf(support), at);
  return { at, isBelow, isAbove };
}

/** The support in words: `an integer ≥ 0`. The bounds, where there are any that are known, are those of one element. */
export function describeSupport(
  { open, integer }: Support,
  lower: number | undefined,
  upper: number | undefined,
): string {
  const noun = integer ? 'an integer' : 'a number';
  if (lower === undefined && upper === undefined) return integer ? noun : 'a finite number';
  if (integer && lower === 0 && upper === 1) return '0 or 1';
  if (upper === undefined) return `${noun} ${open ? '>' : '≥'} ${lower}`;
  if (lower === undefined) return `${noun} ${open ? '<' : '≤'} ${upper}`;
  return `${noun} ${open ? 'between' : 'from'} ${lower} ${open ? 'and' : 'to'} ${upper}`;
}

/** Where a distribution puts its mass: an interval of the reals or of the integers. */
import { equal, floor, less, lessEqual, mul, select, type Expression, type Operand } from '../expr';

export interface Support {
  /** Whole numbers only. */
  readonly integer: boolean;
  /** Lower bound; absent where there is none. It broadcasts against the value. */
  readonly lower?: Operand;
  /** Upper bound; absent where there is none. It broadcasts against the value. */
  readonly upper?: Operand;
  /** The bounds themselves lie outside. */
  readonly open: boolean;
  /** A value at which the density is finite: stands in for a value outside, so that no NaN reaches a derivative. */
  readonly interior: Operand;
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

/** 1 where x lies in the support, 0 elsewhere; undefined where every real number does. */
export function isInside(support: Support, x: Expression): Expression | undefined {
  const { lower, upper, open, integer } = support;
  const before = open ? less : lessEqual;
  const conditions: Expression[] = [];
  if (lower !== undefined) conditions.push(before(lower, x));
  if (upper !== undefined) conditions.push(before(x, upper));
  if (integer) conditions.push(equal(x, floor(x)));
  return conditions.length === 0 ? undefined : conditions.reduce((a, b) => mul(a, b));
}

/** x where it is inside, the interior point elsewhere. */
export function clampInside(support: Support, inside: Expression, x: Expression): Expression {
  return select(inside, x, support.interior);
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

/** Whether bounds are numbers, and in order. */
import type { Operand } from '../expr';

/** Throws for a plain bound that is NaN. */
export function checkBound(name: string, bound: Operand): void {
  if (Number.isNaN(bound)) throw new RangeError(`${name}: the bound must be a number, got NaN`);
}

/**
 * Throws when plain bounds are not in order; bounds that depend on data are checked once there is data. Bounds on
 * integers may coincide.
 */
export function checkOrder(
  name: string,
  lower: Operand | undefined,
  upper: Operand | undefined,
  integer = false,
): void {
  if (typeof lower !== 'number' || typeof upper !== 'number' || inOrder(lower, upper, integer)) return;
  throw new RangeError(orderText(name, lower, upper, integer));
}

/** Whether bounds leave anything between them. */
export function inOrder(lower: number, upper: number, integer: boolean): boolean {
  return integer ? lower <= upper : lower < upper;
}

/** What is thrown where they do not. */
export function orderText(name: string, lower: number, upper: number, integer: boolean): string {
  const expected = integer ? 'must not be above' : 'must be below';
  return `${name}: lower ${expected} upper, got lower ${lower} and upper ${upper}`;
}

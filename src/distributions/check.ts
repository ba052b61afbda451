/** Checks parameter values of a distribution and names the element at fault. */
import type { Operand } from '../expr';
import type { Requirement } from './requirement';

/**
 * Throws `normal: scale must be > 0, got -1 at [3]` for the first value that fails its requirement.
 *
 * @param values a number, nested arrays or a typed array
 */
export function checkParameter(
  distribution: string,
  parameter: string,
  requirement: Requirement,
  values: unknown,
): void {
  visit(values, [], (value, path) => {
    if (typeof value === 'number' && requirement.holds(value)) return;
    throw parameterError(distribution, parameter, requirement, value, path);
  });
}

/** What is thrown for the element at `path`. */
export function parameterError(
  distribution: string,
  parameter: string,
  requirement: Requirement,
  value: unknown,
  path: readonly number[],
): RangeError {
  const where = path.length === 0 ? '' : ` at [${path.join(', ')}]`;
  return new RangeError(
    `${distribution}: ${parameter} must ${requirement.text}, got ${describe(value)}${where}`,
  );
}

function visit(
  value: unknown,
  path: readonly number[],
  check: (value: unknown, path: readonly number[]) => void,
): void {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const elements = value as unknown as ArrayLike<unknown>;
    for (let i = 0; i < elements.length; i++) visit(elements[i], [...path, i], check);
  } else check(value, path);
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/**
 * Throws when plain bounds are not in order; bounds that depend on data are checked once there is data. Bounds on
 * integers may coincide.
 */
export function checkOrder(
  distribution: string,
  lower: Operand | undefined,
  upper: Operand | undefined,
  integer = false,
): void {
  if (typeof lower !== 'number' || typeof upper !== 'number' || inOrder(lower, upper, integer)) return;
  throw new RangeError(orderText(distribution, lower, upper, integer));
}

/** Whether bounds leave anything between them. */
export function inOrder(lower: number, upper: number, integer: boolean): boolean {
  return integer ? lower <= upper : lower < upper;
}

/** What is thrown where they do not. */
export function orderText(distribution: string, lower: number, upper: number, integer: boolean): string {
  const expected = integer ? 'must not be above' : 'must be below';
  return `${distribution}: lower ${expected} upper, got lower ${lower} and upper ${upper}`;
}

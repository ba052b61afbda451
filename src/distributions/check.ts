/** Checks parameter values of a distribution and names the element at fault. */
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

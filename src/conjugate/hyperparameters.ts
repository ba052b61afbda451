/** Checks what priors are given by. */

/** @throws RangeError naming the first that is not > 0 and finite */
export function requirePositive<H extends object>(
  family: string,
  given: H,
  names: readonly (keyof H & string)[],
): H {
  for (const name of names) {
    const value: unknown = given[name];
    if (typeof value === 'number' && value > 0 && value < Infinity) continue;
    throw new RangeError(`${family}: ${name} must be > 0 and finite, got ${String(value)}`);
  }
  return given;
}

/** @throws RangeError naming the first that is not finite */
export function requireFinite<H extends object>(
  family: string,
  given: H,
  names: readonly (keyof H & string)[],
): H {
  for (const name of names) {
    if (Number.isFinite(given[name])) continue;
    throw new RangeError(`${family}: ${name} must be finite, got ${String(given[name])}`);
  }
  return given;
}

/** @throws RangeError unless it is an integer ≥ 0 */
export function requireCount(family: string, name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new RangeError(`${family}: ${name} must be an integer ≥ 0, got ${String(value)}`);
}

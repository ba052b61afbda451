/** How far a value is from what is expected, as a share of it. */

export function relativeError(found: number, expected: number): number {
  if (Object.is(found, expected)) return 0;
  return Math.abs(found - expected) / Math.max(Math.abs(expected), Number.MIN_VALUE);
}

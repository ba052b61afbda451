/** Integers that callers give. */
import { shown } from './shown';

/**
 * The value, if it is an integer from `least` to `most`; without `most`, one of at least `least`.
 *
 * @throws RangeError that says who asked for what, and got what
 */
export function requireInteger(
  caller: string,
  name: string,
  value: unknown,
  least: number,
  most?: number,
): number {
  const integer = value as number;
  if (Number.isSafeInteger(value) && integer >= least && integer <= (most ?? integer)) return integer;
  const range = most === undefined ? `≥ ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${caller}: ${name} must be an integer ${range}, got ${shown(value)}`);
}

/** Seeds of random streams: those that callers give, and fresh ones. */
import { shown } from './shown';

/** Whether it is an integer in [0, 2⁵³). */
export function isSeed(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** @throws RangeError for anything but an integer in [0, 2⁵³) */
export function requireSeed(caller: string, seed: unknown): number {
  if (isSeed(seed)) return seed;
  throw new RangeError(`${caller}: seed must be an integer in [0, 2⁵³), got ${shown(seed)}`);
}

/** A seed from the host's entropy; results keep it, so that a run can be repeated. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

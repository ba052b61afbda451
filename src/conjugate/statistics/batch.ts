/** Tells observations from statistics of them. */
import type { Numbers } from './blocks';

/** One observation, or an array of them. */
export type Batch = number | Numbers;

/** The observations as an array; undefined where there are statistics instead. */
export function observationsOf(family: string, data: unknown): Numbers | undefined {
  if (typeof data === 'number' || typeof data === 'boolean') return [Number(data)];
  if (typeof data === 'object' && data !== null) return 'length' in data ? (data as Numbers) : undefined;
  throw new TypeError(
    `${family}: update needs numbers, an array of them, or their statistics, got ${String(data)}`,
  );
}

/** Tables of numbers as they come: nested rows, or one flat array of them. */
import type { Numbers } from './blocks';

/** Rows of numbers, or all of them one after the other. */
export type Rows = Numbers | ArrayLike<Numbers>;

/** Row by row in one array, and how many rows; a flat array is not copied. */
export function flatRows(family: string, data: Rows, size: number): { values: Numbers; rows: number } {
  const first = data[0];
  if (data.length === 0) return { values: [], rows: 0 };
  if (typeof first === 'number') {
    if (data.length % size !== 0) {
      throw new RangeError(`${family}: rows have ${size} numbers, which ${data.length} are no multiple of`);
    }
    return { values: data as Numbers, rows: data.length / size };
  }
  const nested = data as ArrayLike<Numbers>;
  const values = new Float64Array(nested.length * size);
  for (let i = 0; i < nested.length; i++) {
    if (nested[i]?.length !== size) {
      throw new RangeError(
        `${family}: row [${i}] must have ${size} numbers, got ${nested[i]?.length ?? nested[i]}`,
      );
    }
    values.set(nested[i], i * size);
  }
  return { values, rows: nested.length };
}

/** @throws RangeError for the first number that is not finite */
export function checkFinite(family: string, values: Numbers, size: number, what = 'element'): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const at = size === 1 ? `${i}` : `${Math.floor(i / size)}, ${i % size}`;
    throw new RangeError(`${family}: ${what} [${at}] must be finite, got ${String(values[i])}`);
  }
}

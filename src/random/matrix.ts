/** Square matrices as arguments of draws. */
import { checkEach, finite } from './check';

/** Rows, or all elements row by row. */
export type Matrix = ArrayLike<number> | ArrayLike<ArrayLike<number>>;

/** The elements of a square matrix, row by row. */
export function elementsOf(
  method: string,
  name: string,
  matrix: Matrix,
): { size: number; elements: Float64Array } {
  const rows = Array.from(matrix as ArrayLike<number | ArrayLike<number>>);
  const nested = typeof rows[0] === 'object';
  const size = nested ? rows.length : Math.floor(Math.sqrt(rows.length));
  const elements = (nested ? rows.flatMap((row) => Array.from(row as ArrayLike<number>)) : rows) as number[];
  if (size === 0 || elements.length !== size * size) {
    throw new RangeError(`${method}: ${name} must be a square matrix, got ${elements.length} elements`);
  }
  checkEach(method, name, elements, finite);
  return { size, elements: Float64Array.from(elements) };
}

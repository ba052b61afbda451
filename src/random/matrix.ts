/** Square matrices as arguments of draws. */
import { checkEach, finite } from './check';

/** Rows, or all elements row by row. */
export type Matrix = ArrayLike<number> | ArrayLike<ArrayLike<number>>;

/** Relative difference of mirrored elements that is taken for rounding. */
const SYMMETRY = 1e-8;

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

/** Throws unless the matrix is symmetric up to rounding. */
export function checkSymmetric(method: string, name: string, elements: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [elements[i * size + j], elements[j * size + i]];
      if (Math.abs(a - b) <= SYMMETRY * Math.max(Math.abs(a), Math.abs(b))) continue;
      throw new RangeError(
        `${method}: ${name} must be symmetric, got ${a} at [${i}, ${j}] and ${b} at [${j}, ${i}]`,
      );
    }
  }
}

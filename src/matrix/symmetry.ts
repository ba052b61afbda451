/** Symmetric matrices: made of their lower triangle, and checked where they were given. */

/** Relative difference of mirrored elements that is taken for rounding. */
const ROUNDING = 1e-8;

/** @throws RangeError naming the elements that differ by more than rounding */
export function checkSymmetric(caller: string, name: string, matrix: ArrayLike<number>, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [matrix[i * size + j], matrix[j * size + i]];
      if (Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b))) continue;
      throw new RangeError(
        `${caller}: ${name} must be symmetric, got ${a} at [${i}, ${j}] and ${b} at [${j}, ${i}]`,
      );
    }
  }
}

/** Copies the lower triangle to the upper one, in place. */
export function mirrorLower(matrix: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j];
  return matrix;
}

/** What closed forms need of matrices: factors of what was given, determinants, traces. */
import { checkSymmetric, choleskyOf, solveLower, squaredLength } from '../matrix';
import { special } from './engine';

/** @throws RangeError naming the argument that is not symmetric positive definite */
export function requireCholesky(
  family: string,
  name: string,
  matrix: ArrayLike<number>,
  size: number,
): Float64Array {
  checkSymmetric(family, name, matrix, size);
  const factor = choleskyOf(matrix, size);
  if (factor === undefined) throw new RangeError(`${family}: ${name} must be positive definite`);
  return factor;
}

/** log det LLᵀ */
export function logDeterminant(lower: Float64Array, size: number): number {
  const { log } = special();
  let sum = 0;
  for (let i = 0; i < size; i++) sum += log(Math.abs(lower[i * size + i]));
  return 2 * sum;
}

/** tr(A⁻¹B) = ‖L⁻¹M‖² for A = LLᵀ and B = MMᵀ. */
export function traceOfQuotient(lower: Float64Array, other: Float64Array, size: number): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    sum += squaredLength(
      solveLower(
        lower,
        Float64Array.from({ length: size }, (_, i) => other[i * size + j]),
      ),
    );
  }
  return sum;
}

/** Small symmetric matrices, row by row in one array: factors, solutions, determinants. */
import { special } from './engine';

/** L, lower, with LLᵀ = matrix; undefined where the matrix is not positive definite. */
export function choleskyOf(matrix: ArrayLike<number>, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= factor[i * size + k] * factor[j * size + k];
      if (i > j) factor[i * size + j] = sum / factor[j * size + j];
      else if (sum > 0 && sum < Infinity) factor[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}

/** @throws RangeError naming the argument that is not symmetric positive definite */
export function requireCholesky(
  family: string,
  name: string,
  matrix: ArrayLike<number>,
  size: number,
): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [matrix[i * size + j], matrix[j * size + i]];
      if (Math.abs(a - b) <= 1e-8 * Math.max(Math.abs(a), Math.abs(b))) continue;
      throw new RangeError(
        `${family}: ${name} must be symmetric, got ${a} at [${i}, ${j}] and ${b} at [${j}, ${i}]`,
      );
    }
  }
  const factor = choleskyOf(matrix, size);
  if (factor === undefined) throw new RangeError(`${family}: ${name} must be positive definite`);
  return factor;
}

/** L⁻¹b */
export function solveLower(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * size + k] * x[k];
    x[i] /= lower[i * size + i];
  }
  return x;
}

/** L⁻ᵀb */
export function solveLowerTransposed(lower: Float64Array, b: ArrayLike<number>): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= lower[k * size + i] * x[k];
    x[i] /= lower[i * size + i];
  }
  return x;
}

/** The inverse of LLᵀ. */
export function inverseOf(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = solveLowerTransposed(lower, solveLower(lower, unit));
    for (let i = 0; i < size; i++) inverse[i * size + j] = column[i];
  }
  // The two triangles differ by rounding.
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      inverse[i * size + j] = inverse[j * size + i] = (inverse[i * size + j] + inverse[j * size + i]) / 2;
    }
  }
  return inverse;
}

/** log det LLᵀ */
export function logDeterminant(lower: Float64Array, size: number): number {
  const { log } = special();
  let sum = 0;
  for (let i = 0; i < size; i++) sum += log(Math.abs(lower[i * size + i]));
  return 2 * sum;
}

/** Σ xᵢ² */
export function squaredLength(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}

/** A matrix times a vector. */
export function times(matrix: ArrayLike<number>, x: ArrayLike<number>): Float64Array {
  const columns = x.length;
  return Float64Array.from({ length: matrix.length / columns }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += matrix[i * columns + j] * x[j];
    return sum;
  });
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

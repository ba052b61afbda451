/** Curvatures made definite: the diagonal is raised by a growing share of its size until there is a Cholesky factor. */

import { upperCholesky } from "../linalg/upper-cholesky";

const FIRST_SHARE: f64 = 1e-6;
const LAST_SHARE: f64 = 1e10;
/** An element of the diagonal counts as no smaller than this. */
const LEAST_SIZE: f64 = 1e-12;

// @ts-ignore: decorator
@inline
function raised(own: f64, share: f64): f64 {
  return own + share * max<f64>(abs(own), LEAST_SIZE);
}

/** The diagonal of an n×n matrix, raised in place by a share of its size. */
export function raiseDiagonal(n: i32, matrix: usize, share: f64): void {
  if (share == 0) return;
  for (let i = 0; i < n; i++, matrix += (<usize>n + 1) << 3) store<f64>(matrix, raised(load<f64>(matrix), share));
}

/**
 * factor = U with UᵀU = matrix + share·|diagonal|, from its upper triangle; they may be the same place. Gives −1, or the
 * row of the first pivot that is not positive.
 */
export function factorPrecision(n: i32, matrix: usize, share: f64, factor: usize): i32 {
  const row = <usize>n << 3;
  if (factor != matrix) memory.copy(factor, matrix, <usize>n * row);
  raiseDiagonal(n, factor, share);
  upperCholesky(n, factor, factor);
  for (let i = 0, at = factor; i < n; i++, at += row + 8) {
    const pivot = load<f64>(at);
    if (!(pivot > 0 && pivot < Infinity)) return i;
  }
  return -1;
}

/** The same of a diagonal alone: n elements and their roots. */
function factorDiagonal(n: i32, diagonal: usize, share: f64, roots: usize): i32 {
  for (let i = 0; i < n; i++, diagonal += 8, roots += 8) {
    const own = raised(load<f64>(diagonal), share);
    if (!(own > 0 && own < Infinity)) return i;
    store<f64>(roots, sqrt(own));
  }
  return -1;
}

/** The factor with the least share that will do, 0 first, which it gives; Infinity where none will. */
export function factorRaised(n: i32, matrix: usize, factor: usize, isDiagonal: bool = false): f64 {
  for (let share: f64 = 0; share <= LAST_SHARE; share = share ? 10 * share : FIRST_SHARE) {
    const failed = isDiagonal ? factorDiagonal(n, matrix, share, factor) : factorPrecision(n, matrix, share, factor);
    if (failed < 0) return share;
  }
  return Infinity;
}

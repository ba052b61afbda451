/** Vectors and matrices that priors are given by, copied and checked. */
import { requireCholesky } from '../matrix';
import { checkFinite, flatRows, type Rows } from '../statistics/rows';

export function vectorOf(name: string, what: string, given: ArrayLike<number>): Float64Array {
  if (typeof given !== 'object' || given === null || !(given.length > 0)) {
    throw new RangeError(`${name}: ${what} must be an array with at least one number`);
  }
  checkFinite(name, given, 1, what);
  return Float64Array.from(given);
}

/** A symmetric positive definite matrix, row by row. */
export function covarianceOf(name: string, what: string, given: Rows, size: number): Float64Array {
  const { values, rows } = flatRows(name, given, size);
  if (rows !== size) throw new RangeError(`${name}: ${what} must be ${size} × ${size}, got ${rows} rows`);
  checkFinite(name, values, size, what);
  const matrix = Float64Array.from(values);
  requireCholesky(name, what, matrix, size);
  return matrix;
}

/** Sums of squares and their slopes in whole numbers of 2⁻⁶⁰⁰: no rounding that a number could see. */

const BITS = 600n;

/** A number as a whole number of 2⁻⁶⁰⁰; exact from 2⁻⁵⁴⁸ on. */
function fixed(value: number): bigint {
  let exponent = 0n;
  // Powers of two until it is whole.
  while (!Number.isInteger(value)) {
    value *= 2;
    exponent++;
  }
  return (BigInt(value) << BITS) >> exponent;
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

/** The nearest numbers: of a value, to sixteen digits and a little more. */
function toNumber(value: bigint): number {
  const negative = value < 0n;
  let magnitude = negative ? -value : value;
  const length = magnitude.toString(2).length;
  const shift = BigInt(Math.max(0, length - 64));
  magnitude >>= shift;
  const result = Number(magnitude) * 2 ** Number(shift - BITS);
  return negative ? -result : result;
}

/** −½ w² Σ (y − Xβ)² with its slopes in β and then w, and for each of these the sum of the magnitudes it is added up from. */
export interface ExactSquares {
  readonly results: readonly bigint[];
  readonly magnitudes: readonly number[];
}

/** @param columns of X, each as long as y */
export function exactSquares(
  columns: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  beta: ArrayLike<number>,
  w: number,
): ExactSquares {
  const [weight, coefficients] = [fixed(w), Array.from(beta, fixed)];
  const precision = times(weight, weight);
  const slopes = coefficients.map(() => 0n);
  const sizes = coefficients.map(() => 0);
  let squares = 0n;
  for (let i = 0; i < y.length; i++) {
    const row = columns.map((column) => fixed(column[i]));
    const residual = row.reduce((left, x, j) => left - times(x, coefficients[j]), fixed(y[i]));
    squares += times(residual, residual);
    row.forEach((x, j) => {
      const slope = times(times(precision, residual), x);
      slopes[j] += slope;
      sizes[j] += Math.abs(toNumber(slope));
    });
  }
  const value = -times(precision, squares) / 2n;
  const byWeight = -times(weight, squares);
  return {
    results: [value, ...slopes, byWeight],
    magnitudes: [-toNumber(value), ...sizes, -toNumber(byWeight)],
  };
}

/** How far a number is from an exact result. */
export function errorOf(found: number, exact: bigint): number {
  return Math.abs(toNumber(fixed(found) - exact));
}

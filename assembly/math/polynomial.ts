/**
 * Polynomials from a table of coefficients, lowest first, by Estrin's scheme: short chains rather than few
 * operations.
 */
import { coefficient } from "./coefficient";

/** Two terms from `first` on. */
// @ts-ignore: decorator
@inline
export function terms2(table: usize, first: usize, x: v128): v128 {
  return f64x2.add(coefficient(table, first), f64x2.mul(x, coefficient(table, first + 1)));
}

/** Three terms. */
// @ts-ignore: decorator
@inline
export function terms3(table: usize, first: usize, x: v128, x2: v128): v128 {
  return f64x2.add(terms2(table, first, x), f64x2.mul(x2, coefficient(table, first + 2)));
}

/** Four terms. */
// @ts-ignore: decorator
@inline
export function terms4(table: usize, first: usize, x: v128, x2: v128): v128 {
  return f64x2.add(terms2(table, first, x), f64x2.mul(x2, terms2(table, first + 2, x)));
}

/** Eight terms. */
// @ts-ignore: decorator
@inline
export function terms8(table: usize, first: usize, x: v128, x2: v128, x4: v128): v128 {
  return f64x2.add(terms4(table, first, x, x2), f64x2.mul(x4, terms4(table, first + 4, x, x2)));
}

/** (p(a) − p(b))/(a − b) of a polynomial of `count` terms from `first` on, without cancellation. */
export function dividedDifference(table: usize, first: usize, count: usize, a: v128, b: v128): v128 {
  let value = coefficient(table, first + count - 1);
  let difference = f64x2.splat(0);
  for (let k = count - 1; k-- > 0; ) {
    difference = f64x2.add(f64x2.mul(difference, b), value);
    value = f64x2.add(f64x2.mul(value, a), coefficient(table, first + k));
  }
  return difference;
}

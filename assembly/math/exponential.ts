/**
 * What exp, expm1, tanh and their kin share: exp(x) = power · (1 + excess), with power = 2^(k/64) from a
 * table.
 *
 * Reduction and table with remainder after Tang, "Table-driven implementation of the exponential function in
 * IEEE floating-point arithmetic" (ACM TOMS 15, 1989); the polynomial is a Chebyshev fit, error 3e-19 of x.
 */
import { coefficient } from "./coefficient";

// prettier-ignore
const C: usize = memory.data<f64>([
  92.33248261689366, // 64 / ln 2
  6755399441055744.0, // 1.5 · 2^52: adding it rounds to an integer, left in the low bits
  0.010830424695086549, // ln 2 / 64, its first 33 bits
  1.162596423439437e-12, // and the rest
  0.5, 0.16666666666661314, 0.041666666666659975, 0.008333340620837088, 0.001388889799826784,
  708.0, // beyond this magnitude the power of two could leave the normal range
], 16);

const BITS: usize = memory.data<u64>([63], 16);

/** k = round(64 x / ln 2) in the low bits of each lane, for |x| ≤ 2^40. */
// @ts-ignore: decorator
@inline
export function sixtyFourths(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, coefficient(C, 0)), coefficient(C, 1));
}

/** 2^(k/64), for results in the normal range. */
// @ts-ignore: decorator
@inline
export function power(k: v128, entry0: v128, entry1: v128): v128 {
  const value = v128.shuffle<i64>(entry0, entry1, 1, 3);
  return i64x2.add(value, i64x2.shl(v128.andnot(k, coefficient(BITS, 0)), 46));
}

/** exp(x) / 2^(k/64) − 1, its leading part kept apart until the last addition. */
// @ts-ignore: decorator
@inline
export function excess(x: v128, k: v128, entry0: v128, entry1: v128): v128 {
  const n = f64x2.sub(k, coefficient(C, 1));
  const head = f64x2.sub(x, f64x2.mul(n, coefficient(C, 2)));
  const tail = f64x2.mul(n, coefficient(C, 3));
  const r = f64x2.sub(head, tail);
  const square = f64x2.mul(r, r);
  const low = f64x2.add(coefficient(C, 4), f64x2.mul(r, coefficient(C, 5)));
  const middle = f64x2.add(coefficient(C, 6), f64x2.mul(r, coefficient(C, 7)));
  const high = f64x2.add(middle, f64x2.mul(square, coefficient(C, 8)));
  const series = f64x2.mul(square, f64x2.add(low, f64x2.mul(square, high)));
  const remainder = f64x2.sub(v128.shuffle<i64>(entry0, entry1, 0, 2), tail);
  return f64x2.add(head, f64x2.add(remainder, series));
}

/** Lanes whose power of two could leave the normal range; not NaN, which passes through the fast path. */
// @ts-ignore: decorator
@inline
export function beyondLimit(x: v128): v128 {
  return f64x2.gt(f64x2.abs(x), coefficient(C, 9));
}

/**
 * What log, log1p and their kin share: log(2^k (1 + f)) with 1 + f in [√½, √2), by s = f/(2 + f).
 *
 * log(1 + f) = 2 artanh(s) = f − (f²/2 − s (f²/2 + R(s²))), after Ng's FDLIBM e_log.c (1993); R is a
 * Chebyshev fit, error 9e-18.
 */
import { coefficient } from "./coefficient";

// prettier-ignore
const C: usize = memory.data<f64>([
  0.6931471804855391, // ln 2, its first 33 bits
  7.440617110012397e-11, // and the rest
  0.666666666666667, 0.39999999999899444, 0.2857142862600327, 0.22222211130259875,
  0.18182889455675105, 0.1533171061820642, 0.14616585424934123,
  4503599627371519.0, // 2^52 + 1023
  0.5, 2.0, 1.0,
], 16);

// prettier-ignore
const BITS: usize = memory.data<u64>([
  0x3ff0000000000000 - 0x3fe6a09e667f3bcd, // from √½ to 1: moves a significand of [√½, √2) into one binade
  0x4330000000000000, // 2^52
  0x000fffffffffffff, // the field of the significand
  0x3fe6a09e667f3bcd, // √½
  0x0010000000000000, 0x7fefffffffffffff, // the first normal number and the last
], 16);

/** Bits whose exponent field is k + 1023, from a normal positive u = 2^k (1 + f). */
// @ts-ignore: decorator
@inline
export function shifted(u: v128): v128 {
  return i64x2.add(u, coefficient(BITS, 0));
}

/** k, as f64. */
// @ts-ignore: decorator
@inline
export function exponentOf(bits: v128): v128 {
  const biased = v128.or(i64x2.shr_u(bits, 52), coefficient(BITS, 1));
  return f64x2.sub(biased, coefficient(C, 9));
}

/** f, exact. */
// @ts-ignore: decorator
@inline
export function fractionOf(bits: v128): v128 {
  const significand = i64x2.add(v128.and(bits, coefficient(BITS, 2)), coefficient(BITS, 3));
  return f64x2.sub(significand, coefficient(C, 12));
}

/** k ln 2 + log(1 + f). */
// @ts-ignore: decorator
@inline
export function logOf(k: v128, f: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f, coefficient(C, 11)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const halfSquare = f64x2.mul(f64x2.mul(f, f), coefficient(C, 10));
  const even = f64x2.add(
    coefficient(C, 2),
    f64x2.mul(
      w,
      f64x2.add(
        coefficient(C, 4),
        f64x2.mul(w, f64x2.add(coefficient(C, 6), f64x2.mul(w, coefficient(C, 8)))),
      ),
    ),
  );
  const odd = f64x2.add(
    coefficient(C, 3),
    f64x2.mul(w, f64x2.add(coefficient(C, 5), f64x2.mul(w, coefficient(C, 7)))),
  );
  const series = f64x2.add(f64x2.mul(z, even), f64x2.mul(w, odd));
  const low = f64x2.add(f64x2.mul(s, f64x2.add(halfSquare, series)), f64x2.mul(k, coefficient(C, 1)));
  return f64x2.sub(f64x2.mul(k, coefficient(C, 0)), f64x2.sub(f64x2.sub(halfSquare, low), f));
}

/** Lanes that are not normal, positive and finite: as integers, all the others lie in one interval. */
// @ts-ignore: decorator
@inline
export function unusualForLog(x: v128): v128 {
  return v128.or(i64x2.lt_s(x, coefficient(BITS, 4)), i64x2.gt_s(x, coefficient(BITS, 5)));
}

/**
 * exp(x), all of f64, overflow and gradual underflow included; method in exponential.ts; max error 0.72 ulp.
 */
import { beyondLimit, excess, power, sixtyFourths } from "./exponential";
import { entryOfLane0, entryOfLane1 } from "./powersOfTwo";

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  return v128.any_true(beyondLimit(x)) ? expAtTheEnds(x) : expWithin(x);
}

/** exp(x) for |x| ≤ 708 (or NaN), unchecked. */
// @ts-ignore: decorator
@inline
export function expWithin(x: v128): v128 {
  const k = sixtyFourths(x);
  const entry0 = entryOfLane0(k);
  const entry1 = entryOfLane1(k);
  const scale = power(k, entry0, entry1);
  return f64x2.add(scale, f64x2.mul(scale, excess(x, k, entry0, entry1)));
}

/** The power of two in two factors, so that neither leaves the range and gradual underflow comes last. */
function expAtTheEnds(x: v128): v128 {
  const inside = f64x2.pmax(f64x2.pmin(x, f64x2.splat(710)), f64x2.splat(-746));
  const k = sixtyFourths(inside);
  const entry0 = entryOfLane0(k);
  const entry1 = entryOfLane1(k);
  const value = v128.shuffle<i64>(entry0, entry1, 1, 3);
  const significand = f64x2.add(value, f64x2.mul(value, excess(inside, k, entry0, entry1)));
  const exponent = i64x2.shr_s(i64x2.shl(k, 13), 19);
  const half = i64x2.shr_s(exponent, 1);
  return f64x2.mul(f64x2.mul(significand, powerOfTwo(half)), powerOfTwo(i64x2.sub(exponent, half)));
}

/** 2^n for integers |n| ≤ 1022. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i64x2.shl(i64x2.add(n, i64x2.splat(1023)), 52);
}

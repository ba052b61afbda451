/** log(1 + x) without cancellation, all of f64; method in logarithm.ts; max error 1.06 ulp. */
import { coefficient } from "./coefficient";
import { exponentOf, fractionOf, logOf, shifted } from "./logarithm";
import { log } from "./log";
import { withSign } from "./sign";

// prettier-ignore
const C: usize = memory.data<f64>([1.0, -1.0, 1e300], 16);

// prettier-ignore
const BITS: usize = memory.data<u64>([
  0x7fe0000000000000, // twice the exponent field of 1
  0x7ff0000000000000, // the exponent field
], 16);

// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  return withSign(i64x2.all_true(usual(x)) ? log1pWithin(x) : log1pAtTheEnds(x), x);
}

/** Where 1 + x is positive and has room for a scale beside it. */
// @ts-ignore: decorator
@inline
function usual(x: v128): v128 {
  return v128.and(f64x2.gt(x, coefficient(C, 1)), f64x2.lt(x, coefficient(C, 2)));
}

/** log(1 + x) for −1 < x < 1e300, unchecked, but +0 for −0. */
// @ts-ignore: decorator
@inline
export function log1pWithin(x: v128): v128 {
  const one = coefficient(C, 0);
  const u = f64x2.add(x, one);
  const part = f64x2.sub(u, one);
  const lost = f64x2.add(f64x2.sub(one, f64x2.sub(u, part)), f64x2.sub(x, part));
  return logOfSum(u, lost);
}

/** log(u + lost) where |lost| is at most half a unit in the last place of u, positive and below 1e300. */
// @ts-ignore: decorator
@inline
export function logOfSum(u: v128, lost: v128): v128 {
  const bits = shifted(u);
  // 2^−k, by subtracting exponent fields.
  const scale = i64x2.sub(coefficient(BITS, 0), v128.and(bits, coefficient(BITS, 1)));
  return logOf(exponentOf(bits), f64x2.add(fractionOf(bits), f64x2.mul(lost, scale)));
}

function log1pAtTheEnds(x: v128): v128 {
  const within = usual(x);
  let value = v128.bitselect(log1pWithin(v128.and(x, within)), log(x), within);
  value = v128.bitselect(f64x2.splat(-Infinity), value, f64x2.eq(x, f64x2.splat(-1)));
  return v128.bitselect(value, f64x2.splat(NaN), f64x2.ge(x, f64x2.splat(-1)));
}

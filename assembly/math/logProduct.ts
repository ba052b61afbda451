/**
 * Σ log xᵢ for the price of one logarithm in hundreds: significands are multiplied, exponents added.
 *
 * A product of up to 1000 significands of [1, 2) stays in range; it errs by half a unit in the last place a
 * factor, as the plain sum of logarithms does.
 */
import { log } from "./log";
import { coefficient } from "./coefficient";

/** So many significands may be multiplied before `logOfProduct` must be taken. */
export const PRODUCT_LENGTH: i32 = 1000;

// prettier-ignore
const BITS: usize = memory.data<u64>([
  0x000fffffffffffff, // the field of the significand
  0x3ff0000000000000, // 1
], 16);

// prettier-ignore
const C: usize = memory.data<f64>([
  0.6931471804855391, // ln 2, its first 33 bits
  7.440617110012397e-11, // and the rest
], 16);

/** x's significand in [1, 2), for normal positive x (others: `unusualForLog`). */
// @ts-ignore: decorator
@inline
export function significand(x: v128): v128 {
  return v128.or(v128.and(x, coefficient(BITS, 0)), coefficient(BITS, 1));
}

/** x's exponent plus 1023, as i64, for normal positive x. */
// @ts-ignore: decorator
@inline
export function biasedExponent(x: v128): v128 {
  return i64x2.shr_u(x, 52);
}

/**
 * Per lane, the sum of the logarithms of `count` numbers, from their product of significands and sum of
 * exponents.
 */
export function logOfProduct(product: v128, exponents: v128, count: i32): v128 {
  const k = f64x2(
    <f64>(i64x2.extract_lane(exponents, 0) - 1023 * count),
    <f64>(i64x2.extract_lane(exponents, 1) - 1023 * count),
  );
  return f64x2.add(f64x2.mul(k, coefficient(C, 0)), f64x2.add(log(product), f64x2.mul(k, coefficient(C, 1))));
}

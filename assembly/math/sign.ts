/** The sign bit of both lanes, for odd functions that must keep the sign of zero. */

/** `magnitude` ≥ 0 with the sign bits of `signs`. */
// @ts-ignore: decorator
@inline
export function withSign(magnitude: v128, signs: v128): v128 {
  return v128.or(magnitude, v128.and(signs, i64x2.splat(i64.MIN_VALUE)));
}

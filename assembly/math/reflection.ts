/**
 * The angle that reflection formulas need: trigonometric functions of πx, for x far from 0, by its distance
 * to an integer.
 */

/** π (x − nearest integer): exact but for one product; sines of it and of πx differ by a sign alone. */
// @ts-ignore: decorator
@inline
export function angleToInteger(x: v128): v128 {
  return f64x2.mul(f64x2.sub(x, f64x2.nearest(x)), f64x2.splat(3.141592653589793));
}

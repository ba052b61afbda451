/**
 * exp(−x²) and exp(−x²/2) for x ≥ 0, to a few units in the last place: the square is taken exactly, in two
 * parts.
 */
import { exp } from "./exp";

/** Keeps 26 bits of a significand, so that their square is exact. */
const HEAD: u64 = 0xfffffffff8000000;

/** exp(−x²). */
// @ts-ignore: decorator
@inline
export function gaussian(x: v128): v128 {
  return scaled(x, f64x2.splat(-1));
}

/** exp(−x²/2). */
// @ts-ignore: decorator
@inline
export function halfGaussian(x: v128): v128 {
  return scaled(x, f64x2.splat(-0.5));
}

/** exp(factor · x²); from 40 on it is 0 anyway, and the square finite. */
// @ts-ignore: decorator
@inline
function scaled(x: v128, factor: v128): v128 {
  const inside = f64x2.pmin(x, f64x2.splat(40));
  const head = v128.and(inside, i64x2.splat(HEAD));
  const rest = f64x2.mul(f64x2.sub(inside, head), f64x2.add(inside, head));
  const small = f64x2.mul(factor, rest); // below 1e-4, so three terms of its exponential do
  const third = f64x2.add(f64x2.splat(0.5), f64x2.mul(small, f64x2.splat(0.16666666666666666)));
  const correction = f64x2.add(small, f64x2.mul(f64x2.mul(small, small), third));
  const main = exp(f64x2.mul(factor, f64x2.mul(head, head)));
  return f64x2.add(main, f64x2.mul(main, correction));
}

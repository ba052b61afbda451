/**
 * Trigamma, the second derivative of log Γ, all of f64 (+∞ at 0, −1, −2, …); max error 4e-16 relative.
 *
 * Below 6: ψ′(x) = ψ′(x + 6) + Σ 1/(x + j)², five terms of the sum in one quotient of polynomials. From 6 on:
 * 1/x + 1/(2x²) + T(1/x²)/x³, T a Chebyshev fit of the asymptotic series (Abramowitz & Stegun 6.4.12), error
 * 6e-15 of a term at most 1/36 of the whole. Below 0 by reflection.
 */
import { dividedDifference, terms2, terms3, terms4, terms8 } from "./polynomial";
import { coefficient } from "./coefficient";
import { angleToInteger } from "./reflection";
import { sin } from "./sin";

// prettier-ignore
const C: usize = memory.data<f64>([
  0.16666666666666088, -0.0333333333128563, 0.023809511899145683, -0.03333071001528274, 0.0754782180124739,
  -0.23739189872993893, 0.6958913740128101,
  120, 274, 225, 85, 15, 1, // q = (x + 1) (x + 2) … (x + 5)
  21076, 62100, 79650, 57660, 25685, 7200, 1240, 120, 5, // q′² − q q″
], 16);

export function trigamma(x: v128): v128 {
  if (!i64x2.all_true(f64x2.gt(x, f64x2.splat(0)))) return trigammaBelow(x);
  return trigammaAbove(x);
}

/** For x > 0. */
function trigammaAbove(x: v128): v128 {
  const one = f64x2.splat(1);
  const near = f64x2.lt(x, f64x2.splat(6));
  const y = f64x2.add(x, v128.and(near, f64x2.splat(6)));
  const inverse = f64x2.div(one, y);
  const z = f64x2.mul(inverse, inverse);
  const series = asymptotic(z);
  const small = f64x2.add(f64x2.splat(0.5), f64x2.mul(inverse, series));
  const far = f64x2.add(inverse, f64x2.mul(z, small));
  if (!v128.any_true(near)) return far;
  const x2 = f64x2.mul(x, x);
  const x4 = f64x2.mul(x2, x2);
  const product = f64x2.add(terms4(C, 7, x, x2), f64x2.mul(x4, terms2(C, 11, x)));
  const top = f64x2.add(terms8(C, 13, x, x2, x4), f64x2.mul(f64x2.mul(x4, x4), coefficient(C, 21)));
  const own = f64x2.div(one, x);
  const sum = f64x2.add(f64x2.mul(own, own), f64x2.div(top, f64x2.mul(product, product)));
  return f64x2.add(far, v128.and(sum, near));
}

/**
 * ψ′(x) − ψ′(y) for y ≥ x ≥ 6, given u = 1/x, v = 1/y and u − v, which must not be rounded away: the
 * difference of u + u²/2 + u³ T(u²).
 */
// @ts-ignore: decorator
@inline
export function trigammaFall(u: v128, v: v128, fall: v128): v128 {
  const a = f64x2.mul(u, u);
  const z = f64x2.mul(v, v);
  const series = asymptotic(z);
  const both = f64x2.add(u, v);
  const squares = f64x2.add(f64x2.add(a, f64x2.mul(u, v)), z);
  const slope = f64x2.mul(f64x2.mul(f64x2.mul(a, u), both), dividedDifference(C, 0, 7, a, z));
  const rest = f64x2.add(f64x2.mul(squares, series), slope);
  return f64x2.mul(fall, f64x2.add(f64x2.add(f64x2.splat(1), f64x2.mul(both, f64x2.splat(0.5))), rest));
}

/** T(z). */
// @ts-ignore: decorator
@inline
function asymptotic(z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  return f64x2.add(terms4(C, 0, z, z2), f64x2.mul(f64x2.mul(z2, z2), terms3(C, 4, z, z2)));
}

/** Some lane at or below 0, or NaN: ψ′(x) = (π / sin πx)² − ψ′(1 − x). */
function trigammaBelow(x: v128): v128 {
  const below = f64x2.le(x, f64x2.splat(0));
  const value = trigammaAbove(v128.bitselect(f64x2.sub(f64x2.splat(1), x), x, below));
  const ratio = f64x2.div(f64x2.splat(3.141592653589793), sin(angleToInteger(x)));
  return v128.bitselect(f64x2.sub(f64x2.mul(ratio, ratio), value), value, below);
}

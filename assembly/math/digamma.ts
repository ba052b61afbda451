/**
 * Digamma, the derivative of log Γ, all of f64 (NaN at −1, −2, …); max error 6e-16 · max(1, |x f′/f|)
 * relative.
 *
 * Below 6: ψ(x) = ψ(x + 6) − Σ 1/(x + j), five terms of the sum in one quotient of polynomials. From 6 on:
 * log x − 1/(2x) − G(1/x²)/x², G a Chebyshev fit of the asymptotic series (Abramowitz & Stegun 6.3.18), error
 * 4e-16. Below 0 by reflection.
 */
import { cos } from "./cos";
import { log } from "./log";
import { dividedDifference, terms2, terms3, terms4 } from "./polynomial";
import { angleToInteger } from "./reflection";
import { sin } from "./sin";

// prettier-ignore
const C: usize = memory.data<f64>([
  0.08333333333333294, -0.00833333333196673, 0.003968253174196778, -0.00416649213380119, 0.00755724034982937,
  -0.020057813199354204, 0.052783578802019344,
  120, 274, 225, 85, 15, 1, // (x + 1) (x + 2) … (x + 5)
  274, 450, 255, 60, 5, // its derivative
], 16);

export function digamma(x: v128): v128 {
  if (!i64x2.all_true(f64x2.gt(x, f64x2.splat(0)))) return digammaBelow(x);
  return digammaAbove(x);
}

/** For x > 0. */
function digammaAbove(x: v128): v128 {
  const one = f64x2.splat(1);
  const near = f64x2.lt(x, f64x2.splat(6));
  const y = f64x2.add(x, v128.and(near, f64x2.splat(6)));
  const inverse = f64x2.div(one, y);
  const z = f64x2.mul(inverse, inverse);
  const small = f64x2.add(f64x2.mul(inverse, f64x2.splat(0.5)), f64x2.mul(z, asymptotic(z)));
  const far = f64x2.sub(log(y), small);
  if (!v128.any_true(near)) return far;
  const x2 = f64x2.mul(x, x);
  const x4 = f64x2.mul(x2, x2);
  const product = f64x2.add(terms4(C, 7, x, x2), f64x2.mul(x4, terms2(C, 11, x)));
  const derivative = f64x2.add(terms4(C, 13, x, x2), f64x2.mul(x4, f64x2.splat(5)));
  const sum = f64x2.add(f64x2.div(derivative, product), f64x2.div(one, x));
  return f64x2.sub(far, v128.and(sum, near));
}

/**
 * z G(z) at z = 1/x² less that at 1/y², y ≥ x ≥ 6, given u = 1/x, v = 1/y and u − v, which must not be
 * rounded away.
 */
// @ts-ignore: decorator
@inline
export function digammaRestFall(u: v128, v: v128, fall: v128): v128 {
  const a = f64x2.mul(u, u);
  const z = f64x2.mul(v, v);
  const series = asymptotic(z);
  const slope = f64x2.add(series, f64x2.mul(a, dividedDifference(C, 0, 7, a, z)));
  return f64x2.mul(f64x2.mul(fall, f64x2.add(u, v)), slope);
}

/** G(z). */
// @ts-ignore: decorator
@inline
function asymptotic(z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  return f64x2.add(terms4(C, 0, z, z2), f64x2.mul(f64x2.mul(z2, z2), terms3(C, 4, z, z2)));
}

/** Some lane at or below 0, or NaN: ψ(x) = ψ(1 − x) − π cot πx. */
function digammaBelow(x: v128): v128 {
  const below = f64x2.lt(x, f64x2.splat(0));
  const value = digammaAbove(v128.bitselect(f64x2.sub(f64x2.splat(1), x), x, below));
  const angle = angleToInteger(x);
  const sine = sin(angle);
  const cotangent = f64x2.div(f64x2.mul(f64x2.splat(3.141592653589793), cos(angle)), sine);
  const pole = v128.bitselect(f64x2.splat(NaN), cotangent, f64x2.eq(sine, f64x2.splat(0)));
  return v128.bitselect(f64x2.sub(value, pole), value, below);
}

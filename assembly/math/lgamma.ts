/**
 * log |Γ(x)|, all of f64 (+∞ at 0, −1, −2, … and ±∞), relative error also near its zeros 1 and 2; max error
 * 4e-16 · max(1, |x f′/f|) relative.
 *
 * From 6.5 on Stirling's series (Abramowitz & Stegun 6.1.40), its tail a Chebyshev fit, error 1e-17. Below,
 * with t the distance to the nearest integer, log Γ(2 + t) = t (1 − γ + t Q(t)), Q a Chebyshev fit, error
 * 3e-19, and the recurrence as one logarithm of a product. Below 0 by reflection.
 */
import { coefficient } from "./coefficient";
import { log } from "./log";
import { dividedDifference, terms3, terms4, terms8 } from "./polynomial";
import { angleToInteger } from "./reflection";
import { sin } from "./sin";

// prettier-ignore
const C: usize = memory.data<f64>([
  0.3224670334241132, -0.0673523010531981, 0.020580808427784553, -0.0073855510286719986, 0.002890510330740574,
  -0.0011927539118428156, 0.0005096695248097167, -0.00022315475400520507, 9.94575106565683e-05,
  -4.49263133791557e-05, 2.0507249390577883e-05, -9.438715099211532e-06, 4.374497421555722e-06,
  -2.0439048107029907e-06, 9.573811846241715e-07, -4.3252393445604814e-07, 2.0408401495663627e-07,
  -1.3219945666117874e-07, 6.286887600397704e-08,
  0.42278433509846713, // 1 − γ
  0.08333333333333333, -0.0027777777777380146, 0.0007936507665900421, -0.0005952311428421683,
  0.0008408913994018366, -0.0018619001080883543, 0.0045368906301001405,
  0.9189385332046727, // log √(2π)
], 16);

const LOG_PI: f64 = 1.1447298858494002;

export function lgamma(x: v128): v128 {
  if (!i64x2.all_true(f64x2.gt(x, f64x2.splat(0)))) return lgammaBelow(x);
  return lgammaAbove(x);
}

/** For x > 0. */
function lgammaAbove(x: v128): v128 {
  const near = f64x2.lt(x, f64x2.splat(6.5));
  if (!v128.any_true(near)) return stirling(x, log(x));
  const nearest = f64x2.nearest(x);
  const product = recurrence(x, nearest);
  const logarithm = log(v128.bitselect(product, x, near));
  const t = f64x2.sub(x, nearest);
  const low = f64x2.lt(nearest, f64x2.splat(2));
  const value = f64x2.add(aboutTwo(t), v128.bitselect(f64x2.neg(logarithm), logarithm, low));
  if (i64x2.all_true(near)) return value;
  return v128.bitselect(value, stirling(x, logarithm), near);
}

/** log Γ(2 + t) for |t| ≤ ½. */
// @ts-ignore: decorator
@inline
function aboutTwo(t: v128): v128 {
  const t2 = f64x2.mul(t, t);
  const t4 = f64x2.mul(t2, t2);
  const t8 = f64x2.mul(t4, t4);
  const high = f64x2.add(terms8(C, 8, t, t2, t4), f64x2.mul(t8, terms3(C, 16, t, t2)));
  const series = f64x2.add(terms8(C, 0, t, t2, t4), f64x2.mul(t8, high));
  return f64x2.add(f64x2.mul(t, coefficient(C, 19)), f64x2.mul(t2, series));
}

/** Γ(x) / Γ(2 + t), or its inverse where x lies below 1.5. */
// @ts-ignore: decorator
@inline
function recurrence(x: v128, nearest: v128): v128 {
  const one = f64x2.splat(1);
  let product = v128.bitselect(x, one, f64x2.lt(nearest, f64x2.splat(2)));
  product = f64x2.mul(product, v128.bitselect(f64x2.add(x, one), one, f64x2.lt(nearest, one)));
  for (let j: f64 = 1; j < 5; j++) {
    const factor = f64x2.sub(x, f64x2.splat(j));
    product = f64x2.mul(product, v128.bitselect(factor, one, f64x2.gt(nearest, f64x2.splat(j + 1))));
  }
  return product;
}

/** (x − ½) log x − x + log √(2π) + S(1/x²)/x, given log x. */
// @ts-ignore: decorator
@inline
function stirling(x: v128, logarithm: v128): v128 {
  const tail = f64x2.add(coefficient(C, 27), stirlingRest(x));
  // x (log x − 1) in one piece, so that ∞ stays ∞.
  const main = f64x2.mul(f64x2.sub(x, f64x2.splat(0.5)), f64x2.sub(logarithm, f64x2.splat(1)));
  return f64x2.add(main, f64x2.sub(tail, f64x2.splat(0.5)));
}

/** S(1/x²)/x = log Γ(x) − (x − ½) log x + x − log √(2π), for x ≥ 6.5. */
// @ts-ignore: decorator
@inline
export function stirlingRest(x: v128): v128 {
  const inverse = f64x2.div(f64x2.splat(1), x);
  const z = f64x2.mul(inverse, inverse);
  const series = asymptotic(z);
  return f64x2.mul(inverse, series);
}

/**
 * S(1/y²)/y − S(1/x²)/x for y ≥ x ≥ 6.5, given u = 1/x, v = 1/y and u − v, which must not be rounded away.
 */
// @ts-ignore: decorator
@inline
export function stirlingRestRise(u: v128, v: v128, fall: v128): v128 {
  const a = f64x2.mul(u, u);
  const z = f64x2.mul(v, v);
  const series = asymptotic(z);
  const slope = f64x2.mul(f64x2.mul(u, f64x2.add(u, v)), dividedDifference(C, 20, 7, a, z));
  return f64x2.neg(f64x2.mul(fall, f64x2.add(series, slope)));
}

/** S(z). */
// @ts-ignore: decorator
@inline
function asymptotic(z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  return f64x2.add(terms4(C, 20, z, z2), f64x2.mul(f64x2.mul(z2, z2), terms3(C, 24, z, z2)));
}

/** Some lane at or below 0, or NaN: |Γ(x) Γ(1 − x)| = π / |sin πx|. */
function lgammaBelow(x: v128): v128 {
  const below = f64x2.le(x, f64x2.splat(0));
  const value = lgammaAbove(v128.bitselect(f64x2.sub(f64x2.splat(1), x), x, below));
  const size = f64x2.abs(x);
  const sine = f64x2.abs(sin(angleToInteger(x)));
  let reflected = f64x2.sub(f64x2.sub(f64x2.splat(LOG_PI), log(sine)), value);
  // Where πx would lose bits to underflow, Γ(x) is 1/x.
  reflected = v128.bitselect(f64x2.neg(log(size)), reflected, f64x2.lt(size, f64x2.splat(1e-20)));
  const pole = v128.or(f64x2.eq(sine, f64x2.splat(0)), f64x2.eq(size, f64x2.splat(Infinity)));
  return v128.bitselect(v128.bitselect(f64x2.splat(Infinity), reflected, pole), value, below);
}

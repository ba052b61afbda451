/**
 * log Γ(x + n) − log Γ(x) for x > 0 and x + n > 0 (NaN elsewhere), without the cancellation of two large
 * logarithms; max error 1e-15 · (1 + Σ |condition numbers|) relative.
 *
 * From 8 on by Stirling's series of both (Abramowitz & Stegun 6.1.40), with log Γ(x + n) − log Γ(x) = (x + n
 * − ½) log1p(n/x) + n (log x − 1) + S(x + n) − S(x). Below 8, with n ≤ 1, at x + 8 less log Π (1 + n/(x +
 * j)), whose product is kept as its distance from 1; with larger n nothing cancels.
 */
import { lgamma, stirlingRestRise } from "./lgamma";
import { log } from "./log";
import { log1p } from "./log1p";

export function logRisingFactorial(x: v128, n: v128): v128 {
  const zero = f64x2.splat(0);
  const falling = f64x2.lt(n, zero);
  const end = f64x2.add(x, n);
  const start = v128.bitselect(end, x, falling);
  const size = f64x2.abs(n);
  const rise = riseFrom(start, size);
  const value = v128.bitselect(f64x2.neg(rise), rise, falling);
  return v128.bitselect(value, f64x2.splat(NaN), v128.and(f64x2.gt(x, zero), f64x2.gt(end, zero)));
}

/** For n ≥ 0. */
function riseFrom(x: v128, n: v128): v128 {
  const eight = f64x2.splat(8);
  const low = f64x2.lt(x, eight);
  if (!v128.any_true(low)) return stirlingRise(x, n);
  const short = f64x2.le(n, f64x2.splat(1));
  const shifted = v128.bitselect(f64x2.add(x, eight), x, v128.and(low, short));
  const by = v128.bitselect(n, v128.andnot(n, low), short);
  const factors = log1p(v128.and(low, excessOfEight(x, n)));
  const shiftedRise = f64x2.sub(stirlingRise(shifted, by), v128.and(low, factors));
  const long = v128.andnot(low, short);
  if (!v128.any_true(long)) return shiftedRise;
  return v128.bitselect(f64x2.sub(lgamma(f64x2.add(x, n)), lgamma(x)), shiftedRise, long);
}

/** From x ≥ 8 on. */
// @ts-ignore: decorator
@inline
export function stirlingRise(x: v128, n: v128): v128 {
  const one = f64x2.splat(1);
  const end = f64x2.add(x, n);
  const u = f64x2.div(one, x);
  const v = f64x2.div(one, end);
  const step = f64x2.mul(n, u);
  const ratio = f64x2.mul(f64x2.sub(end, f64x2.splat(0.5)), log1p(step));
  const power = f64x2.mul(n, f64x2.sub(log(x), one));
  return f64x2.add(f64x2.add(ratio, power), stirlingRestRise(u, v, f64x2.mul(step, v)));
}

/**
 * Π (1 + n/(x + j)) − 1 over j = 0 … 7 for 0 ≤ n ≤ 1, all of positive terms: factors (top + bottom)/bottom
 * are joined.
 */
function excessOfEight(x: v128, n: v128): v128 {
  let top = n;
  let bottom = x;
  for (let j: f64 = 1; j < 8; j++) {
    const factor = f64x2.add(x, f64x2.splat(j));
    top = f64x2.add(f64x2.mul(top, f64x2.add(factor, n)), f64x2.mul(bottom, n));
    bottom = f64x2.mul(bottom, factor);
  }
  return f64x2.div(top, bottom);
}

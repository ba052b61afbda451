/**
 * log B(a, b) for a, b > 0 (+∞ at 0, NaN below), without the cancellation of large logarithms of Γ; max error
 * 1e-15 · (1 + Σ |condition numbers|) relative.
 *
 * With l the smaller and h the larger: both below 8 by three values of log Γ; l below 8 by log Γ(l) − log Γ(h
 * + l)/Γ(h); both above by Stirling's series, as in DiDonato and Morris, "Algorithm 708" (ACM TOMS 18, 1992).
 */
import { lgamma, stirlingRest } from "./lgamma";
import { log } from "./log";
import { log1p } from "./log1p";
import { stirlingRise } from "./logRisingFactorial";

/** log √(2π) */
const HALF_LOG_TWO_PI: f64 = 0.9189385332046727;

export function lbeta(a: v128, b: v128): v128 {
  const eight = f64x2.splat(8);
  const swap = f64x2.gt(a, b);
  const low = v128.bitselect(b, a, swap);
  const high = v128.bitselect(a, b, swap);
  const lowIsLarge = f64x2.ge(low, eight);
  if (i64x2.all_true(lowIsLarge)) return bothLarge(low, high);
  const highIsLarge = f64x2.ge(high, eight);
  const own = lgamma(low);
  let value = f64x2.sub(own, stirlingRise(v128.bitselect(high, eight, highIsLarge), low));
  if (!i64x2.all_true(highIsLarge)) {
    const direct = f64x2.add(own, f64x2.sub(lgamma(high), lgamma(f64x2.add(low, high))));
    value = v128.bitselect(value, direct, highIsLarge);
  }
  if (v128.any_true(lowIsLarge)) value = v128.bitselect(bothLarge(low, high), value, lowIsLarge);
  const zero = f64x2.splat(0);
  value = v128.bitselect(f64x2.splat(Infinity), value, f64x2.eq(low, zero));
  return v128.bitselect(value, f64x2.splat(NaN), f64x2.ge(low, zero));
}

function bothLarge(low: v128, high: v128): v128 {
  const half = f64x2.splat(0.5);
  const total = f64x2.add(low, high);
  const ratio = f64x2.div(low, high);
  const rests = f64x2.add(f64x2.sub(stirlingRest(high), stirlingRest(total)), stirlingRest(low));
  const constant = f64x2.add(rests, f64x2.splat(HALF_LOG_TWO_PI));
  const powers = f64x2.sub(f64x2.mul(low, log(ratio)), f64x2.mul(half, log(low)));
  return f64x2.add(f64x2.sub(powers, f64x2.mul(f64x2.sub(total, half), log1p(ratio))), constant);
}

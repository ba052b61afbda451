/**
 * Φ⁻¹(p): −∞ at 0, ∞ at 1, NaN outside; max error 4e-16 · max(1, |p f′/f|) relative.
 *
 * On the lower side of the median, t = min(p, 1 − p), Hastings' approximation (Abramowitz & Stegun 26.2.23,
 * error 4.5e-4), then two steps of Halley's method on log Φ(x) = log t, whose errors are cubed.
 */
import { log } from "./log";
import { normalLogCdf } from "./normalLogCdf";
import { normalLogCdfDerivative } from "./normalLogCdfDerivative";

export function normalQuantile(p: v128): v128 {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const half = f64x2.splat(0.5);
  const above = f64x2.gt(p, half);
  const t = v128.bitselect(f64x2.sub(one, p), p, above);
  const target = log(t);
  let x = hastings(f64x2.sqrt(f64x2.mul(f64x2.splat(-2), target)));
  for (let step = 0; step < 2; step++) {
    const ratio = normalLogCdfDerivative(x);
    const error = f64x2.sub(normalLogCdf(x), target);
    const bend = f64x2.mul(f64x2.mul(half, error), f64x2.add(x, ratio));
    x = f64x2.sub(x, f64x2.div(error, f64x2.add(ratio, bend)));
  }
  x = v128.bitselect(f64x2.splat(-Infinity), x, f64x2.eq(t, zero));
  x = v128.bitselect(x, f64x2.splat(NaN), f64x2.ge(t, zero));
  return v128.bitselect(f64x2.neg(x), x, above);
}

/** An approximation of the quantile of exp(−u²/2) ≤ ½. */
// @ts-ignore: decorator
@inline
function hastings(u: v128): v128 {
  const top = f64x2.add(f64x2.mul(u, f64x2.splat(0.010328)), f64x2.splat(0.802853));
  const numerator = f64x2.add(f64x2.mul(u, top), f64x2.splat(2.515517));
  const low = f64x2.add(f64x2.mul(u, f64x2.splat(0.001308)), f64x2.splat(0.189269));
  const denominator = f64x2.mul(u, f64x2.add(f64x2.mul(u, low), f64x2.splat(1.432788)));
  return f64x2.sub(f64x2.div(numerator, f64x2.add(denominator, f64x2.splat(1))), u);
}

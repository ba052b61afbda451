/**
 * log Φ(x), all of f64, relative error in both tails; max error 8e-16 · max(1, |x f′/f|) relative.
 *
 * Below 0 it is log(Φ exp(x²/2)) − x²/2, above 0 log1p(−Φ(−x)): one logarithm of u + lost serves both.
 */
import { halfGaussian } from "./gaussian";
import { logOfSum } from "./log1p";
import { normalTail } from "./normalTail";

export function normalLogCdf(x: v128): v128 {
  const one = f64x2.splat(1);
  const below = f64x2.lt(x, f64x2.splat(0));
  // Beyond 1e160 the square is infinite, and so is the answer.
  const size = f64x2.pmin(f64x2.abs(x), f64x2.splat(1e160));
  const scaled = normalTail(size);
  const tail = f64x2.mul(halfGaussian(size), scaled);
  const whole = f64x2.sub(one, tail);
  const lost = f64x2.sub(f64x2.sub(one, whole), tail);
  const log = logOfSum(v128.bitselect(scaled, whole, below), v128.andnot(lost, below));
  const exponent = f64x2.mul(f64x2.mul(size, size), f64x2.splat(0.5));
  return f64x2.sub(log, v128.and(exponent, below));
}

/**
 * φ(x) / Φ(x), the derivative of log Φ, relative error in both tails; max error 6e-16 · max(1, |x f′/f|)
 * relative.
 */
import { halfGaussian } from "./gaussian";
import { normalTail } from "./normalTail";

/** 1 / √(2π) */
const DENSITY_AT_0: f64 = 0.3989422804014327;

export function normalLogCdfDerivative(x: v128): v128 {
  const one = f64x2.splat(1);
  const below = f64x2.lt(x, f64x2.splat(0));
  const size = f64x2.abs(x);
  const scaled = normalTail(size);
  const gaussian = halfGaussian(size);
  const top = f64x2.mul(v128.bitselect(one, gaussian, below), f64x2.splat(DENSITY_AT_0));
  const whole = f64x2.sub(one, f64x2.mul(gaussian, scaled));
  return f64x2.div(top, v128.bitselect(scaled, whole, below));
}

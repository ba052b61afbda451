/**
 * Φ(x), the standard normal's distribution function, relative error also in its lower tail; max error 4e-16 ·
 * max(1, |x f′/f|) relative.
 */
import { halfGaussian } from "./gaussian";
import { normalTail } from "./normalTail";

export function normalCdf(x: v128): v128 {
  const size = f64x2.abs(x);
  const tail = f64x2.mul(halfGaussian(size), normalTail(size));
  return v128.bitselect(f64x2.sub(f64x2.splat(1), tail), tail, f64x2.gt(x, f64x2.splat(0)));
}

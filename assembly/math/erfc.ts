/**
 * 1 − erf(x), all of f64, relative error also where it vanishes; max error 3e-16 · max(1, |x f′/f|) relative.
 */
import { erfcx } from "./erfcx";
import { gaussian } from "./gaussian";

export function erfc(x: v128): v128 {
  const size = f64x2.abs(x);
  const tail = f64x2.mul(gaussian(size), erfcx(size));
  return v128.bitselect(f64x2.sub(f64x2.splat(2), tail), tail, f64x2.lt(x, f64x2.splat(0)));
}

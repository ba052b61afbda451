/** exp(x) − 1 − x without cancellation; its Taylor series up to ½; max error 2e-16 relative. */
import { exp } from "./exp";
import { terms2, terms4, terms8 } from "./polynomial";

/** 1/2!, 1/3!, … */
// prettier-ignore
const C: usize = memory.data<f64>([
  0.5, 0.16666666666666666, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889,
  0.0001984126984126984, 2.48015873015873e-05, 2.7557319223985893e-06, 2.755731922398589e-07,
  2.505210838544172e-08, 2.08767569878681e-09, 1.6059043836821613e-10, 1.1470745597729725e-11,
  7.647163731819816e-13,
], 16);

export function expm1mx(x: v128): v128 {
  const near = f64x2.le(f64x2.abs(x), f64x2.splat(0.5));
  const far = f64x2.sub(f64x2.sub(exp(x), f64x2.splat(1)), x);
  if (!v128.any_true(near)) return far;
  const x2 = f64x2.mul(x, x);
  const x4 = f64x2.mul(x2, x2);
  const high = f64x2.add(terms4(C, 8, x, x2), f64x2.mul(x4, terms2(C, 12, x)));
  const series = f64x2.mul(x2, f64x2.add(terms8(C, 0, x, x2, x4), f64x2.mul(f64x2.mul(x4, x4), high)));
  return v128.bitselect(series, far, near);
}

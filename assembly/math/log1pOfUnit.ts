/**
 * log(1 + x) for 0 ≤ x ≤ 1, where no exponent need be taken out: 2 artanh(x / (2 + x)); the tail of
 * log-sum-exp.
 *
 * The form of logarithm.ts with a longer Chebyshev fit, error 1e-17; max error 1.1 ulp.
 */
import { coefficient } from "./coefficient";

// prettier-ignore
const C: usize = memory.data<f64>([
  0.6666666666666666, 0.40000000000014585, 0.2857142856710876, 0.22222222717427864, 0.18181789436132856,
  0.153855700649587, 0.13314144209653858, 0.1200107280959961, 0.0880073848610457, 0.16164045612019626,
  0.5, 2.0,
], 16);

// @ts-ignore: decorator
@inline
export function log1pOfUnit(x: v128): v128 {
  return f64x2.sub(x, deficit(x));
}

/** x − log(1 + x) for −½ ≤ x ≤ 1, without cancellation. */
// @ts-ignore: decorator
@inline
export function deficit(x: v128): v128 {
  const s = f64x2.div(x, f64x2.add(x, coefficient(C, 11)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const halfSquare = f64x2.mul(f64x2.mul(x, x), coefficient(C, 10));
  const first = f64x2.add(pair(z, 0), f64x2.mul(w, pair(z, 2)));
  const second = f64x2.add(pair(z, 4), f64x2.mul(w, f64x2.add(pair(z, 6), f64x2.mul(w, pair(z, 8)))));
  const series = f64x2.mul(z, f64x2.add(first, f64x2.mul(f64x2.mul(w, w), second)));
  return f64x2.sub(halfSquare, f64x2.mul(s, f64x2.add(halfSquare, series)));
}

// @ts-ignore: decorator
@inline
function pair(z: v128, index: usize): v128 {
  return f64x2.add(coefficient(C, index), f64x2.mul(z, coefficient(C, index + 1)));
}

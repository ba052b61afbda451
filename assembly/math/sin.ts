/**
 * Sine, all of f64, reduced with as many digits as it takes; method in trigonometric.ts; max error 0.72 ulp.
 */
import { sineAhead } from "./trigonometric";

export function sin(x: v128): v128 {
  const value = sineAhead(x, 0);
  return v128.bitselect(x, value, f64x2.eq(x, f64x2.splat(0)));
}

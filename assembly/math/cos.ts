/**
 * Cosine, all of f64, reduced with as many digits as it takes; method in trigonometric.ts; max error 0.76
 * ulp.
 */
import { sineAhead } from "./trigonometric";

export function cos(x: v128): v128 {
  return sineAhead(x, 1);
}

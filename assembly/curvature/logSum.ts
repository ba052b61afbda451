/** Sums of logarithms, by the module's own logarithm. */

import { log } from "../math/scalar";

/** Σ log xᵢ of n numbers. */
export function sumOfLogs(n: i32, x: usize): f64 {
  let sum: f64 = 0;
  for (const end = x + (<usize>n << 3); x < end; x += 8) sum += log(load<f64>(x));
  return sum;
}

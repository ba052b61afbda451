/** The hypergeometric distribution, for counts of one chain's draws among the lowest of all. */

import { logFactorial } from './log-gamma';

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * Distribution function at 0, 1, …, marked: of the number of marked items among those taken without replacement.
 *
 * @param total items
 * @param marked of them
 * @param taken of them
 */
export function hypergeometricDistribution(total: number, marked: number, taken: number): Float64Array {
  const cumulative = new Float64Array(marked + 1);
  const all = logChoose(total, taken);
  let sum = 0;
  for (let k = 0; k <= marked; k++) {
    const others = taken - k;
    if (others >= 0 && others <= total - marked) {
      sum += Math.exp(logChoose(marked, k) + logChoose(total - marked, others) - all);
    }
    cumulative[k] = sum;
  }
  return cumulative;
}

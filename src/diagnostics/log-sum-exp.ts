/** The logarithm of a sum of exponentials. */

/** log Σ exp(xᵢ), without overflow; −∞ for no values or when all are −∞. */
export function logSumExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) if (!(value <= largest)) largest = value;
  if (!Number.isFinite(largest)) return largest;
  let total = 0;
  for (const value of values) total += Math.exp(value - largest);
  return largest + Math.log(total);
}

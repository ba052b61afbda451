/** Sums, means and shares of numbers that are known by their logarithms. */

/** log Σ exp(xᵢ), without overflow; −∞ for no values or when all are −∞. */
export function logSumExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) if (!(value <= largest)) largest = value;
  if (!Number.isFinite(largest)) return largest;
  let total = 0;
  for (const value of values) total += Math.exp(value - largest);
  return largest + Math.log(total);
}

/** log of the mean of exp(xᵢ). */
export function logMeanExp(values: Float64Array): number {
  return logSumExp(values) - Math.log(values.length);
}

/** exp(xᵢ), or wᵢ exp(xᵢ), normalised to sum to one. */
export function softmax(values: readonly number[], weights?: readonly number[]): number[] {
  const top = values.reduce((largest, value) => Math.max(largest, value), -Infinity);
  // Differences first: the logarithm of the sum would round what is far from zero.
  const scaled = values.map((value, i) => Math.exp(value - top) * (weights?.[i] ?? 1));
  const total = scaled.reduce((sum, value) => sum + value, 0);
  return scaled.map((value) => value / total);
}

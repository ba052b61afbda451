/** Sample quantiles: linear interpolation of the order statistics (type 7 of Hyndman and Fan 1996, R's default). */

/**
 * Quantile of values in ascending order.
 *
 * @param sorted n ≥ 1 values, ascending
 * @param probability in [0, 1]
 * @throws RangeError for a probability outside [0, 1]
 */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`quantile: probability must lie in [0, 1], got ${probability}`);
  }
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below];
  const fraction = position - below;
  // Equal neighbours may be infinite.
  return fraction === 0 || low === sorted[below + 1] ? low : low + fraction * (sorted[below + 1] - low);
}

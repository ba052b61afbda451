/** Highest-density intervals of draws. */

/**
 * The shortest interval between draws that holds at least the given share of them; for a distribution with one mode, its
 * highest-density interval.
 *
 * @param draws at least one value, in any order
 * @param probability in (0, 1); default 0.94
 * @throws RangeError for a probability outside (0, 1), and for no draws
 */
export function highestDensityInterval(draws: ArrayLike<number>, probability = 0.94): [number, number] {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`highestDensityInterval: probability must lie in (0, 1), got ${probability}`);
  }
  if (draws.length === 0)
    throw new RangeError('highestDensityInterval: expected at least one draw, got none');
  const sorted = Float64Array.from(draws).sort();
  const inside = Math.floor(probability * sorted.length);
  let best = 0;
  for (let start = 1; start + inside < sorted.length; start++) {
    if (sorted[start + inside] - sorted[start] < sorted[best + inside] - sorted[best]) best = start;
  }
  return [sorted[best], sorted[best + inside]];
}

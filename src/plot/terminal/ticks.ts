/** Round numbers along an axis. */

/**
 * Multiples of 1, 2 or 5 times a power of ten between two ends.
 *
 * @param low smaller end
 * @param high larger end
 * @param most how many at most, 2 or more
 */
export function ticks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low];
  const exact = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(exact));
  const step = power * [1, 2, 5, 10].find((multiple) => multiple * power >= exact)!;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  // Digits beyond those of the step are rounding errors.
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(Math.min(decimals, 20))),
  );
}

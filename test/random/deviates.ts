/** Normal deviates of test statistics. */

/** Beyond this with probability 1e-6. */
export const DEVIATE = 4.9;

/** Of Pearson's χ² of counts in cells of known masses (Wilson and Hilferty 1931). */
export function chiSquaredDeviate(counts: ArrayLike<number>, masses: readonly number[]): number {
  const total = Array.from(counts).reduce((a, b) => a + b, 0);
  const statistic = masses.reduce(
    (sum, mass, i) => sum + (counts[i] - total * mass) ** 2 / (total * mass),
    0,
  );
  const freedom = masses.length - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}

/** Bisection to neighbouring floating-point numbers: by the geometric mean while the ends are of different size. */

const GREATEST = 1.7976931348623157e308;
const LEAST = 5e-324;

/**
 * The least x between the ends that `reached` holds for; it must hold from some point on. Ends when neighbours meet, or
 * are closer than `precision` as a share of them.
 */
export function bisect(lower: number, upper: number, reached: (x: number) => boolean, precision = 0): number {
  let low = Math.max(lower, -GREATEST);
  let high = Math.min(upper, GREATEST);
  if (reached(low)) return low;
  if (!reached(high)) return upper;
  for (;;) {
    const middle = between(low, high);
    if (!(low < middle && middle < high) || high - low <= precision * Math.abs(middle)) return high;
    if (reached(middle)) high = middle;
    else low = middle;
  }
}

function between(low: number, high: number): number {
  if (low < 0 && high > 0) return 0;
  if (low >= 0 && high > 2 * low)
    return low === 0 && high > LEAST ? geometric(LEAST, high) : geometric(low, high);
  if (high <= 0 && low < 2 * high) return -between(-high, -low);
  return low + (high - low) / 2;
}

function geometric(low: number, high: number): number {
  const middle = Math.sqrt(low) * Math.sqrt(high);
  return middle > low ? middle : low + (high - low) / 2;
}

/**
 * Whether iterates of an optimisation have become stationary, and how well their averages are known. Only arithmetic
 * that is exact on every engine: what is decided here decides later draws.
 */

/** Columns of recorded iterates: `rows` records of `width` values. */
export interface Records {
  readonly values: Float64Array;
  readonly rows: number;
  readonly width: number;
}

/** R-hat below this counts as stationary (Welandawe, Andersen, Vehtari & Huggins 2022). */
const STATIONARY = 1.1;
/** Fewest records in a window. */
const LEAST_WINDOW = 20;
/** Shares of the records that are tried as windows, the latest ones. */
const WINDOWS = [0.95, 0.7, 0.5, 0.3];

/**
 * Whether some window of the latest iterates is stationary: split R-hat of every column at most 1.1, or its two halves
 * apart by less than `negligible` units.
 *
 * @param units of each column
 */
export function isStationary(records: Records, units: Float64Array, negligible: number): boolean {
  return WINDOWS.some((share) => {
    const length = Math.floor(share * records.rows);
    if (length < LEAST_WINDOW) return false;
    for (let column = 0; column < records.width; column++) {
      const first = momentsOf(records, column, records.rows - length, records.rows - Math.ceil(length / 2));
      const second = momentsOf(records, column, records.rows - Math.floor(length / 2), records.rows);
      const apart = second.mean - first.mean;
      if (Math.abs(apart) < negligible * units[column]) continue;
      const within = (first.variance + second.variance) / 2;
      // R-hat² of two halves of n: 1 − 1/n + ½ (distance)²/W.
      const half = Math.floor(length / 2);
      if (!(1 - 1 / half + (0.5 * apart * apart) / within <= STATIONARY * STATIONARY)) return false;
    }
    return true;
  });
}

/** The largest Monte Carlo standard error of a column's mean, in its units, by batch means (√n batches of √n records). */
export function largestError(records: Records, units: Float64Array): number {
  const batches = Math.floor(Math.sqrt(records.rows));
  const length = Math.floor(records.rows / batches);
  let largest = 0;
  for (let column = 0; column < records.width; column++) {
    const means = Float64Array.from({ length: batches }, (_, batch) => {
      const start = records.rows - (batch + 1) * length;
      return momentsOf(records, column, start, start + length).mean;
    });
    const { variance } = momentsOf({ values: means, width: 1 }, 0, 0, batches);
    const error = Math.sqrt(variance / batches) / units[column];
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

/** Mean and variance (n − 1) of a column between two records. */
export function momentsOf(
  { values, width }: Pick<Records, 'values' | 'width'>,
  column: number,
  from: number,
  to: number,
): { readonly mean: number; readonly variance: number } {
  const count = to - from;
  let sum = 0;
  for (let row = from; row < to; row++) sum += values[row * width + column];
  const mean = sum / count;
  let squares = 0;
  for (let row = from; row < to; row++) {
    const distance = values[row * width + column] - mean;
    squares += distance * distance;
  }
  return { mean, variance: squares / (count - 1) };
}

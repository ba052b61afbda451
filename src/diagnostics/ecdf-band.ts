/** Whether numbers are uniform: their distribution function, and a band that it leaves with a stated probability. */

import { binomialDistribution, binomialMass, odds, quantileOf } from './binomial';

export interface EcdfOptions {
  /** Where to compare: ascending, in (0, 1]; by default 100 even steps, fewer for few values. */
  readonly points?: readonly number[];
  /** Probability that the whole curve of uniform numbers stays within the band; default 0.95. */
  readonly probability?: number;
}

/** Differences from the uniform distribution function; each array has one value per point. */
export interface EcdfDifference {
  readonly points: Float64Array;
  /** Share of values at or below a point, less the point. */
  readonly difference: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Whether the curve stays within the band. */
  readonly inside: boolean;
}

const STEPS = 100;

/**
 * Difference between the distribution function of values and that of the uniform, with a simultaneous band (Säilynoja,
 * Bürkner and Vehtari 2022, Statistics and Computing 32, section 2.2).
 *
 * @param values n numbers between 0 and 1: PIT values, or ranks r among L draws as (r + 1)/(L + 1) with points at
 *   multiples of 1/(L + 1)
 * @throws RangeError when there are no values, or for a probability outside (0, 1)
 */
export function ecdfDifference(values: ArrayLike<number>, options: EcdfOptions = {}): EcdfDifference {
  const n = values.length;
  const { probability = 0.95 } = options;
  if (n === 0) throw new RangeError('ecdfDifference: expected at least one value, got none');
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`ecdfDifference: probability must lie in (0, 1), got ${probability}`);
  }
  const steps = Math.min(STEPS, n);
  const points = Float64Array.from(
    options.points ?? Array.from({ length: steps }, (_, i) => (i + 1) / steps),
  );
  const sorted = Float64Array.from(values).sort();
  const band = simultaneousBand(n, points, probability);
  let below = 0;
  let inside = true;
  const difference = points.map((point, i) => {
    // A rank's value and its point are quotients that may round apart.
    while (below < n && sorted[below] <= point + 1e-12) below++;
    if (below < band.lower[i] || below > band.upper[i]) inside = false;
    return below / n - point;
  });
  const relative = (counts: Float64Array): Float64Array => counts.map((count, i) => count / n - points[i]);
  return { points, difference, lower: relative(band.lower), upper: relative(band.upper), inside };
}

interface Band {
  /** Smallest count of values at or below each point that is within the band. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Pointwise central intervals of the counts at one level, chosen as wide as it takes for the whole curve to stay inside
 * with the wanted probability.
 */
export function simultaneousBand(n: number, points: Float64Array, probability: number): Band {
  const cumulative = Array.from(points, (point) => binomialDistribution(n, point));
  const bandAt = (miss: number): Band => ({
    lower: Float64Array.from(cumulative, (c) => quantileOf(c, miss / 2)),
    upper: Float64Array.from(cumulative, (c) => quantileOf(c, 1 - miss / 2)),
  });
  let low = 0;
  let high = 1 - probability;
  let band = bandAt(low);
  let narrower = bandAt(high);
  // Counts are whole: between close enough levels the band no longer changes.
  for (let step = 0; step < 24 && !same(band, narrower); step++) {
    const miss = (low + high) / 2;
    const tried = bandAt(miss);
    if (coverage(n, points, tried) >= probability) {
      low = miss;
      band = tried;
    } else {
      high = miss;
      narrower = tried;
    }
  }
  return band;
}

function same(a: Band, b: Band): boolean {
  return (
    a.lower.every((count, i) => count === b.lower[i]) && a.upper.every((count, i) => count === b.upper[i])
  );
}

/** Standard deviations, and counts beyond them, outside of which steps are too improbable to matter. */
const FAR = 9;
const FAR_COUNTS = 25;

/** Probability that counts of n uniform numbers stay within a band at every point, from point to point. */
function coverage(n: number, points: Float64Array, { lower, upper }: Band): number {
  let from = 0;
  let mass = Float64Array.of(1);
  let before = 0;
  for (let i = 0; i < points.length; i++) {
    const probability = before >= 1 ? 1 : (points[i] - before) / (1 - before);
    const known = odds(probability);
    const next = new Float64Array(upper[i] - lower[i] + 1);
    for (let a = 0; a < mass.length; a++) {
      if (mass[a] === 0) continue;
      const count = from + a;
      const rest = n - count;
      const mean = count + rest * probability;
      const reach = FAR * Math.sqrt(rest * probability) + FAR_COUNTS;
      const last = Math.min(upper[i], Math.ceil(mean + reach));
      for (let b = Math.max(lower[i], count, Math.floor(mean - reach)); b <= last; b++) {
        next[b - lower[i]] += mass[a] * binomialMass(b - count, rest, known);
      }
    }
    mass = next;
    from = lower[i];
    before = points[i];
  }
  return mass.reduce((total, m) => total + m, 0);
}

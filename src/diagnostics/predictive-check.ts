/** Posterior predictive checks: statistics of data against those of replicated data (Gelman, Meng and Stern 1996). */

import { sortedQuantile } from './quantile';

/** Data sets drawn from the posterior predictive distribution, each as long as the observed one. */
export type Replications = readonly ArrayLike<number>[];

export interface PredictiveCheck {
  /** The statistic of the observed data. */
  readonly observed: number;
  /** The statistic of each replication. */
  readonly replicated: Float64Array;
  /** Share of replications whose statistic is at least the observed one, ties counted half: near 0 or 1, misfit. */
  readonly pValue: number;
}

/**
 * Compares a statistic of the observed data with its predictive distribution.
 *
 * @param observed n observations
 * @param replications each of n values
 * @param statistic of a data set, such as its mean or largest value
 * @throws RangeError when a replication has another length
 */
export function predictiveCheck(
  observed: ArrayLike<number>,
  replications: Replications,
  statistic: (values: Float64Array) => number,
): PredictiveCheck {
  requireLengths('predictiveCheck', observed, replications);
  const value = statistic(Float64Array.from(observed));
  const replicated = Float64Array.from(replications, (data) => statistic(Float64Array.from(data)));
  let share = 0;
  for (const other of replicated) share += other > value ? 1 : other === value ? 0.5 : 0;
  return { observed: value, replicated, pValue: share / replicated.length };
}

/** How often a count was observed, and how often it is expected. */
export interface RootogramBar {
  readonly count: number;
  readonly observed: number;
  /** Mean over the replications. */
  readonly expected: number;
  /** Ends of the central interval over the replications. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Frequencies of counts, observed and predicted (Kleiber and Zeileis 2016).
 *
 * @param observed n counts
 * @param replications each of n counts
 * @param probability of the interval around the expected frequency; default 0.9
 * @returns one entry per count from 0 to the largest
 * @throws RangeError for a value that is not a count
 */
export function rootogram(
  observed: ArrayLike<number>,
  replications: Replications,
  probability = 0.9,
): RootogramBar[] {
  requireLengths('rootogram', observed, replications);
  const data = [observed, ...replications];
  let largest = 0;
  for (const values of data) {
    for (let i = 0; i < values.length; i++) {
      if (!(Number.isInteger(values[i]) && values[i] >= 0)) {
        throw new RangeError(`rootogram: values must be counts (0, 1, 2, …), got ${values[i]}`);
      }
      largest = Math.max(largest, values[i]);
    }
  }
  const [seen, ...frequencies] = data.map((values) => {
    const tally = new Float64Array(largest + 1);
    for (let i = 0; i < values.length; i++) tally[values[i]]++;
    return tally;
  });
  return Array.from(seen, (frequency, count) => {
    const predicted = Float64Array.from(frequencies, (tally) => tally[count]).sort();
    return {
      count,
      observed: frequency,
      expected: predicted.reduce((a, b) => a + b, 0) / predicted.length,
      lower: sortedQuantile(predicted, (1 - probability) / 2),
      upper: sortedQuantile(predicted, (1 + probability) / 2),
    };
  });
}

function requireLengths(caller: string, observed: ArrayLike<number>, replications: Replications): void {
  if (replications.length === 0)
    throw new RangeError(`${caller}: expected at least one replication, got none`);
  const wrong = replications.findIndex(({ length }) => length !== observed.length);
  if (wrong >= 0) {
    throw new RangeError(
      `${caller}: expected replications of ${observed.length} values, but number ${wrong} has ${replications[wrong].length}`,
    );
  }
}

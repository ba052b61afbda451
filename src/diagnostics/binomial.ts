/** Masses and quantiles of the binomial distribution, for bands around empirical distribution functions. */

import { logFactorial } from './log-gamma';

/** Logarithms of the probabilities of success and failure: callers need many masses of one probability. */
export interface Odds {
  readonly success: number;
  readonly failure: number;
}

export function odds(probability: number): Odds {
  return { success: Math.log(probability), failure: Math.log1p(-probability) };
}

/** Probability of k successes in n trials; 0 outside 0 … n. */
export function binomialMass(k: number, n: number, { success, failure }: Odds): number {
  if (k < 0 || k > n) return 0;
  // An impossible outcome that is not asked for costs nothing: 0 · −∞ would be NaN.
  const successes = k === 0 ? 0 : k * success;
  const failures = k === n ? 0 : (n - k) * failure;
  return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) + successes + failures);
}

/** Distribution function at 0, 1, …, n. */
export function binomialDistribution(n: number, probability: number): Float64Array {
  const cumulative = new Float64Array(n + 1);
  const known = odds(probability);
  let total = 0;
  for (let k = 0; k <= n; k++) cumulative[k] = total += binomialMass(k, n, known);
  return cumulative;
}

/** The least k whose distribution function reaches a probability. */
export function quantileOf(cumulative: Float64Array, probability: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] >= probability) high = middle;
    else low = middle + 1;
  }
  return low;
}

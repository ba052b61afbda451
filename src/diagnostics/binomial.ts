/** Masses and quantiles of the binomial distribution, for bands around empirical distribution functions. */

import { logGamma } from './log-gamma';

/** log k! for k = 0, 1, …, of the longest table asked for yet. */
let logFactorials = new Float64Array(0);

function logFactorial(k: number): number {
  if (k >= logFactorials.length) {
    logFactorials = Float64Array.from({ length: 2 * k + 64 }, (_, i) => logGamma(i + 1));
  }
  return logFactorials[k];
}

/** Probability of k successes in n trials; 0 outside 0 … n. */
export function binomialMass(k: number, n: number, probability: number): number {
  if (k < 0 || k > n) return 0;
  if (probability <= 0) return k === 0 ? 1 : 0;
  if (probability >= 1) return k === n ? 1 : 0;
  const logChoose = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(logChoose + k * Math.log(probability) + (n - k) * Math.log1p(-probability));
}

/** Distribution function at 0, 1, …, n. */
export function binomialDistribution(n: number, probability: number): Float64Array {
  const cumulative = new Float64Array(n + 1);
  let total = 0;
  for (let k = 0; k <= n; k++) cumulative[k] = total += binomialMass(k, n, probability);
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

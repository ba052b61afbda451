/** Baseline kernels of the quantiles of counts, the least k with P(X ≤ k) ≥ u: by halving, on the smaller tail. */

import { gammaP, gammaQ, incBeta } from './special-incomplete';

/** Counts beyond are not told apart from their neighbours. */
const LARGEST = 1e15;
/** Masses below are less than what a uniform number can tell from nothing. */
const SMALLEST = 1e-16;

/**
 * @param lower P(X ≤ k)
 * @param upper P(X > k)
 */
function quantile(
  u: number,
  most: number,
  lower: (k: number) => number,
  upper: (k: number) => number,
): number {
  const reaches = (k: number): boolean =>
    k >= most || (u < 0.5 ? lower(k) >= u : upper(k) <= Math.max(1 - u, SMALLEST));
  let high = 1;
  while (!reaches(high)) high *= 2;
  let low = -1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Of a Poisson distribution; NaN for a mean that is not one, or beyond 10¹⁵, and for u outside of [0, 1]. */
export function poissonQuantile(u: number, mean: number): number {
  if (!(u >= 0 && u <= 1 && mean >= 0 && mean < LARGEST)) return NaN;
  if (mean === 0) return 0;
  return quantile(
    u,
    LARGEST,
    (k) => gammaQ(k + 1, mean),
    (k) => gammaP(k + 1, mean),
  );
}

/** Of a binomial distribution. */
export function binomialQuantile(u: number, trials: number, probability: number): number {
  if (!(u >= 0 && u <= 1)) return NaN;
  if (!(trials >= 0 && trials < LARGEST && probability >= 0 && probability <= 1)) return NaN;
  if (trials === 0 || probability === 0) return 0;
  if (probability === 1) return trials;
  return quantile(
    u,
    trials,
    (k) => incBeta(trials - k, k + 1, 1 - probability),
    (k) => incBeta(k + 1, trials - k, probability),
  );
}

/** Of a negative binomial distribution with variance mean + mean²/dispersion. */
export function negativeBinomialQuantile(u: number, mean: number, dispersion: number): number {
  if (!(u >= 0 && u <= 1 && mean >= 0 && mean < LARGEST && dispersion > 0)) return NaN;
  if (mean === 0) return 0;
  // Without what tells it from a Poisson distribution, the shape would drown the count.
  if (!(dispersion < LARGEST)) return poissonQuantile(u, mean);
  const success = dispersion / (dispersion + mean);
  return quantile(
    u,
    LARGEST,
    (k) => incBeta(dispersion, k + 1, success),
    (k) => incBeta(k + 1, dispersion, 1 - success),
  );
}

/**
 * Quantiles of counts: the least k with P(X ≤ k) ≥ u. A Cornish-Fisher guess, the distribution function there by incomplete
 * gamma and beta functions, and from there a mass at a time along the smaller tail.
 */

import { betaLogDensity } from "./betaTail";
import { gammaLogDensity } from "./gammaTail";
import { incBeta } from "./incompleteBeta";
import { gammaP, gammaQ } from "./incompleteGamma";
import { normalQuantile } from "./normalQuantile";
import { exp } from "./scalar";

/** Masses below are less than what a uniform number can tell from nothing. */
const SMALLEST: f64 = 1e-20;
/** No guess is farther out, in standard deviations. */
const FARTHEST: f64 = 9;
/** Counts beyond are not told apart from their neighbours. */
const LARGEST: f64 = 1e15;

/** Poisson, of mean `a`. */
@unmanaged class Poisson {
  @inline lower(k: f64, a: f64, b: f64): f64 { return gammaQ(k + 1, a); }
  @inline upper(k: f64, a: f64, b: f64): f64 { return gammaP(k + 1, a); }
  @inline mass(k: f64, a: f64, b: f64): f64 { return exp(gammaLogDensity(k + 1, a)); }
  /** The mass of k + 1 over that of k. */
  @inline ratio(k: f64, a: f64, b: f64): f64 { return a / (k + 1); }
}

/** Binomial, of `a` trials with probability `b`. */
@unmanaged class Binomial {
  @inline lower(k: f64, a: f64, b: f64): f64 { return k >= a ? 1 : incBeta(a - k, k + 1, 1 - b); }
  @inline upper(k: f64, a: f64, b: f64): f64 { return k >= a ? 0 : incBeta(k + 1, a - k, b); }
  @inline mass(k: f64, a: f64, b: f64): f64 { return exp(betaLogDensity(k + 1, a - k + 1, b)) / (a + 1); }
  @inline ratio(k: f64, a: f64, b: f64): f64 { return ((a - k) / (k + 1)) * (b / (1 - b)); }
}

/** Negative binomial: `a` failures of probability `b` end it. */
@unmanaged class NegativeBinomial {
  @inline lower(k: f64, a: f64, b: f64): f64 { return incBeta(a, k + 1, b); }
  @inline upper(k: f64, a: f64, b: f64): f64 { return incBeta(k + 1, a, 1 - b); }
  @inline mass(k: f64, a: f64, b: f64): f64 { return (exp(betaLogDensity(a, k + 1, b)) * b) / (a + k); }
  @inline ratio(k: f64, a: f64, b: f64): f64 { return ((a + k) / (k + 1)) * (1 - b); }
}

/** @param skew third central moment over the variance */
function search<C>(u: f64, a: f64, b: f64, mean: f64, variance: f64, skew: f64, most: f64): f64 {
  const counts = changetype<C>(0);
  const wide = f64x2.extract_lane(normalQuantile(f64x2.splat(u)), 0);
  const z = max<f64>(-FARTHEST, min<f64>(FARTHEST, wide));
  let guess = mean + sqrt<f64>(variance) * z + (skew * (z * z - 1)) / 6;
  // Of a very skew distribution the guess is none.
  if (z < 0) guess = min<f64>(guess, mean);
  let k = max<f64>(0, min<f64>(most, floor<f64>(guess)));
  // @ts-ignore: C has `mass`
  let mass = counts.mass(k, a, b);
  if (u < 0.5) {
    // @ts-ignore: C has `lower`
    let below = counts.lower(k, a, b);
    if (below >= u) {
      while (k > 0 && below - mass >= u) {
        below -= mass;
        // @ts-ignore: C has `ratio`
        mass /= counts.ratio(--k, a, b);
      }
    } else {
      while (below < u && k < most) {
        // @ts-ignore: C has `ratio`
        mass *= counts.ratio(k++, a, b);
        below += mass;
        if (mass < SMALLEST && k > mean) break;
      }
    }
    return k;
  }
  const rest = 1 - u;
  // @ts-ignore: C has `upper`
  let above = counts.upper(k, a, b);
  if (above <= rest) {
    while (k > 0 && above + mass <= rest) {
      above += mass;
      // @ts-ignore: C has `ratio`
      mass /= counts.ratio(--k, a, b);
    }
  } else {
    while (above > rest && k < most) {
      // @ts-ignore: C has `ratio`
      mass *= counts.ratio(k++, a, b);
      above -= mass;
      if (mass < SMALLEST && k > mean) break;
    }
  }
  return k;
}

/** Of a Poisson distribution; NaN for a mean that is not one, or beyond 10¹⁵, and for u outside of [0, 1]. */
export function poissonQuantile(u: f64, mean: f64): f64 {
  if (!(u >= 0 && u <= 1 && mean >= 0 && mean < LARGEST)) return NaN;
  if (mean == 0) return 0;
  return search<Poisson>(u, mean, 0, mean, mean, 1, LARGEST);
}

/** Of a binomial distribution. */
export function binomialQuantile(u: f64, trials: f64, probability: f64): f64 {
  if (!(u >= 0 && u <= 1)) return NaN;
  if (!(trials >= 0 && trials < LARGEST && probability >= 0 && probability <= 1)) return NaN;
  if (trials == 0 || probability == 0) return 0;
  if (probability == 1) return trials;
  const mean = trials * probability;
  const skew = 1 - 2 * probability;
  return search<Binomial>(u, trials, probability, mean, mean * (1 - probability), skew, trials);
}

/** Of a negative binomial distribution with variance mean + mean²/dispersion. */
export function negativeBinomialQuantile(u: f64, mean: f64, dispersion: f64): f64 {
  if (!(u >= 0 && u <= 1 && mean >= 0 && mean < LARGEST && dispersion > 0)) return NaN;
  if (mean == 0) return 0;
  const variance = mean + (mean * mean) / dispersion;
  // Without what tells it from a Poisson distribution, the shape would drown the count.
  if (!(dispersion < LARGEST)) return poissonQuantile(u, mean);
  const skew = 1 + (2 * mean) / dispersion;
  const success = dispersion / (dispersion + mean);
  return search<NegativeBinomial>(u, dispersion, success, mean, variance, skew, LARGEST);
}

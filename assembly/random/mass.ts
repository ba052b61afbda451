/**
 * Logarithms of probability masses at any size of count: of small ones by a table of log n!, else after
 * Loader, "Fast and accurate computation of binomial probabilities" (2000), by what Stirling's formula leaves
 * and deviances that do not cancel.
 */
import { lgamma, log, log1p, stirlingRest } from "../math/scalar";

const TWO_PI: f64 = 6.283185307179586;

/** log n! − (n + ½) log n + n − ½ log 2π for n = 1 … 6, below Stirling's series. */
// prettier-ignore
const SMALL: usize = memory.data<f64>([
  0, 0.08106146679532726, 0.0413406959554093, 0.0276779256849983, 0.0207906721037651, 0.0166446911898212,
  0.0138761288230707,
], 16);

function rest(n: f64): f64 {
  return n < 7 ? load<f64>(SMALL + (<usize>n << 3)) : stirlingRest(n);
}

/** x log(x / mean) + mean − x, for x > 0. */
function deviance(x: f64, mean: f64): f64 {
  const difference = x - mean;
  if (abs(difference) >= 0.1 * (x + mean)) return x * log(x / mean) - difference;
  const v = difference / (x + mean);
  const square = v * v;
  let power = 2 * x * v;
  let sum = difference * v;
  let last: f64 = NaN;
  for (let odd: f64 = 3; sum !== last; odd += 2) {
    power *= square;
    last = sum;
    sum += power / odd;
  }
  return sum;
}

/** Counts below have their log n! in a table, filled as the module starts. */
export const TABULATED: f64 = 512;
const LOG_FACTORIALS: usize = memory.data(512 * 8, 16);
for (let n: usize = 0; n < 512; n++) store<f64>(LOG_FACTORIALS + (n << 3), lgamma(<f64>(<i32>n) + 1));

/** log n! for a whole number below `TABULATED`. */
// @ts-ignore: decorator
@inline
export function logFactorial(n: f64): f64 {
  return load<f64>(LOG_FACTORIALS + (<usize>(<i32>n) << 3));
}

/** log of the Poisson mass of k events, of which the mean's logarithm is known. */
export function logPoissonMass(k: f64, mean: f64, logMean: f64): f64 {
  if (k < TABULATED) return k * logMean - mean - logFactorial(k);
  return -rest(k) - deviance(k, mean) - 0.5 * log(TWO_PI * k);
}

/** log of the binomial mass of k successes, 0 ≤ k ≤ n, 0 < p < 1. */
export function logBinomialMass(k: f64, n: f64, p: f64): f64 {
  if (k === 0) return n * log1p(-p);
  if (k === n) return n * log(p);
  const rests = rest(n) - rest(k) - rest(n - k);
  const deviances = deviance(k, n * p) + deviance(n - k, n * (1 - p));
  return rests - deviances + 0.5 * log(n / (TWO_PI * k) / (n - k));
}

/** log of the mass of k good ones in a sample, where its size is below good + bad. */
export function logHypergeometricMass(k: f64, good: f64, bad: f64, sample: f64): f64 {
  const total = good + bad;
  const p = sample / total;
  return (
    logBinomialMass(k, good, p) + logBinomialMass(sample - k, bad, p) - logBinomialMass(sample, total, p)
  );
}

/**
 * The smaller tail of the gamma distribution of shape a and rate 1 beyond or below x, as a logarithm, with
 * its derivative in a: what P(a, x), Q(a, x), their logarithms and derivatives are made of.
 *
 * With t = x e^±y both tails are density · ∫ exp(−h(y)) dy with convex h (tailIntegral.ts), and their
 * derivative in a is log x − ψ(a) plus the mean of ±y: on its own side of the distribution all of one sign.
 * Below 8 the lower tail is the series Σ xⁿ/(a + 1)ₙ (DLMF 8.11.4), whose terms are all positive.
 */
import { expm1mx } from "./expm1mx";
import { deficit } from "./log1pOfUnit";
import { digamma, lgamma, log, stirlingRest } from "./scalar";
import { integral, integrateTail, meanOfY } from "./tailIntegral";

const LOG_TWO_PI: f64 = 1.8378770664093453;
/** From here on Stirling's series is exact. */
const LARGE: f64 = 8;
/** Above this a tail is not the smaller one. */
const LOG_MOST: f64 = -0.4;

/** Results of the last call: which tail, its logarithm, ∂/∂a and ∂/∂x of that. */
export let upper: bool = false;
export let logTail: f64 = 0;
export let byShape: f64 = 0;
export let byPoint: f64 = 0;

@unmanaged class Exponent {
  @inline of(y: v128, _z: v128, sign: v128): v128 { return expm1mx(f64x2.mul(sign, y)); }
}

/** For a > 0 and x ≥ 0; NaN elsewhere. */
export function gammaTail(a: f64, x: f64): void {
  upper = x >= a;
  logTail = byShape = byPoint = NaN;
  if (!(a > 0 && x >= 0)) return;
  if (x == 0 || x == Infinity || a == Infinity) {
    // With both infinite nothing is known.
    if (x < a || x > a) {
      logTail = -Infinity;
      byShape = upper ? Infinity : -Infinity;
      byPoint = upper ? -1 : Infinity;
    }
    return;
  }
  const logX = log(x);
  if (upper) return upperTail(a, x, logX);
  if (a >= LARGE) {
    integrateTail<Exponent>(a - x, x, 0, -1, x);
    logTail = gammaLogDensity(a, x) + logX + log(integral);
    byShape = logX - digamma(a) - meanOfY;
    byPoint = 1 / (x * integral);
    return;
  }
  lowerSeries(a, x, logX);
  if (logTail > LOG_MOST) {
    upper = true;
    upperTail(a, x, logX);
  }
}

function upperTail(a: f64, x: f64, logX: f64): void {
  integrateTail<Exponent>(x - a, x, 0, 1, x);
  logTail = gammaLogDensity(a, x) + logX + log(integral);
  byShape = logX - digamma(a) + meanOfY;
  byPoint = -1 / (x * integral);
}

function lowerSeries(a: f64, x: f64, logX: f64): void {
  let term: f64 = 1, sum: f64 = 1, harmonic: f64 = 0, slope: f64 = 0;
  for (let k: f64 = 1; term > 1e-17 * sum; k++) {
    const inverse = 1 / (a + k);
    term *= x * inverse;
    harmonic += inverse;
    sum += term;
    slope += term * harmonic;
  }
  logTail = a * logX - x - lgamma(a + 1) + log(sum);
  byShape = logX - digamma(a + 1) - slope / sum;
  byPoint = a / (x * sum);
}

/** (a − 1) log x − x − log Γ(a), the log density, without the cancellation of large terms (Loader, 2000). */
export function gammaLogDensity(a: f64, x: f64): f64 {
  if (!(a > 0 && x >= 0)) return NaN;
  if (x == Infinity) return -Infinity;
  if (a < LARGE || x == 0) return (a == 1 ? 0 : (a - 1) * log(x)) - x - lgamma(a);
  return 0.5 * (log(a) - LOG_TWO_PI) - log(x) - stirlingRest(a) - a * excessLessLog((x - a) / a, x / a);
}

/** u − log(1 + u), given 1 + u as well. */
export function excessLessLog(u: f64, ratio: f64): f64 {
  if (u >= -0.5 && u <= 1) return f64x2.extract_lane(deficit(f64x2.splat(u)), 0);
  return u - log(ratio);
}

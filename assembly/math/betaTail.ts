/**
 * The smaller tail of the beta distribution of shapes a and b beyond or below x, as a logarithm, with its
 * derivatives in a and b: what the regularised incomplete beta function, its logarithm and derivatives are
 * made of.
 *
 * With t/(1 − t) = x/(1 − x)·e⁻ʸ a tail is density · ∫ exp(−h(y)) dy, h(y) = a y + (a + b) log1p(x expm1(−y))
 * (tailIntegral.ts). Derivatives in a and b are those of the density plus means of log t and log(1 − t), on
 * its own side of the distribution all of one sign. Where a is below 8 it is raised first, by I(a, b) = xᵃ(1
 * − x)ᵇ/(a B(a, b)) + I(a + 1, b) (DLMF 8.17.20).
 */
import { expm1mx } from "./expm1mx";
import { excessLessLog } from "./gammaTail";
import { log1p as log1ps } from "./log1p";
import { deficit } from "./log1pOfUnit";
import { digammaDifference, lbeta, log, log1p, stirlingRest } from "./scalar";
import { integral, integrateTail, meanOfK, meanOfY } from "./tailIntegral";

const LOG_TWO_PI: f64 = 1.8378770664093453;
/** From here on Stirling's series is exact, and the integrand far from its singularities. */
const LARGE: f64 = 8;
/** Above this a tail is not the smaller one. */
const LOG_MOST: f64 = -0.4;

/** Results of the last call: which tail, its logarithm, ∂/∂a, ∂/∂b and ∂/∂x of that. */
export let upper: bool = false;
export let logTail: f64 = 0;
export let byA: f64 = 0;
export let byB: f64 = 0;
export let byPoint: f64 = 0;

/** What is left of log1p(z expm1(sign·y)) without its first term, sign·z·y. */
@unmanaged class Exponent {
  @inline of(y: v128, z: v128, sign: v128): v128 {
    const signed = f64x2.mul(sign, y);
    const second = expm1mx(signed);
    const growth = f64x2.mul(z, f64x2.add(signed, second));
    const large = f64x2.gt(growth, f64x2.splat(1));
    const small = f64x2.sub(f64x2.mul(z, second), deficit(f64x2.pmin(growth, f64x2.splat(1))));
    if (!v128.any_true(large)) return small;
    // Far out the terms in e^y cancel by hand, or they would swamp their own logarithm.
    return v128.bitselect(f64x2.sub(log1ps(growth), f64x2.mul(z, signed)), small, large);
  }
}

/** For a, b > 0 and 0 ≤ x ≤ 1; NaN elsewhere. */
export function betaTail(a: f64, b: f64, x: f64): void {
  logTail = byA = byB = byPoint = NaN;
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1 && a < Infinity && b < Infinity)) return;
  const rest = 1 - x;
  upper = a * rest <= b * x;
  if (x == 0 || x == 1) {
    logTail = -Infinity;
    byA = upper ? Infinity : -Infinity;
    byB = -byA;
    byPoint = -byA;
    return;
  }
  const density = betaLogDensity(a, b, x);
  const logX = log(x), logRest = log1p(-x);
  for (let attempt = 0; attempt < 2; attempt++) {
    if (upper) {
      lowerTail(b, a, rest, x, logRest, logX, density + logX + logRest);
      const swap = byA;
      byA = byB;
      byB = swap;
      byPoint = -byPoint;
    } else lowerTail(a, b, x, rest, logX, logRest, density + logX + logRest);
    if (logTail <= LOG_MOST) return;
    upper = !upper;
  }
}

/** The tail below x, given `peak` = log of xᵃ(1 − x)ᵇ/B(a, b). */
function lowerTail(a: f64, b: f64, x: f64, rest: f64, logX: f64, logRest: f64, peak: f64): void {
  // Terms as multiples of the first, 1/a, with their logarithms' derivatives in a (less −1/a) and b.
  let term: f64 = 1, sum: f64 = 0, sumByA: f64 = 0, sumByB: f64 = 0, termByA: f64 = 0, termByB: f64 = 0;
  let raised = a;
  for (; raised < LARGE; raised += 1) {
    sum += term;
    sumByA += term * termByA;
    sumByB += term * termByB;
    const up = 1 / (raised + b), down = 1 / (raised + 1);
    term *= x * (raised + b) * down;
    termByA += up - down;
    termByB += up;
  }
  const total = raised + b;
  const slope = raised * rest - b * x;
  const near = x <= 0.5;
  const z = near ? x : rest;
  integrateTail<Exponent>(slope, total, z, near ? -1 : 1, total * x * rest);
  // Means of log(1 − t) and of log t, less their values at x.
  const second = near ? z * meanOfY - meanOfK : (1 - z) * meanOfY - meanOfK;
  const first = near ? -(1 - z) * meanOfY - meanOfK : -z * meanOfY - meanOfK;
  const last = term * raised * integral;
  sum += last;
  // ∂/∂a of the last term's logarithm: of xᵃ(1 − x)ᵇ/B it has the factors above but one, 1/(a + n).
  sumByA += last * (termByA + 1 / raised + first);
  sumByB += last * (termByB + second);
  logTail = peak - log(a) + log(sum);
  byPoint = a / (x * rest * sum);
  byA = logX + digammaDifference(a + 1, b) - 1 / (a + b) + sumByA / sum;
  byB = logRest + digammaDifference(b, a) + sumByB / sum;
}

/**
 * (a − 1) log x + (b − 1) log(1 − x) − log B(a, b), the log density, without the cancellation of large terms.
 */
export function betaLogDensity(a: f64, b: f64, x: f64): f64 {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return NaN;
  const logX = log(x), logRest = log1p(-x);
  if (a < LARGE || b < LARGE || x == 0 || x == 1) {
    return (a == 1 ? 0 : (a - 1) * logX) + (b == 1 ? 0 : (b - 1) * logRest) - lbeta(a, b);
  }
  // Loader (2000): distances from the mean on either side, whose first orders cancel.
  const excess = b * x - a * (1 - x);
  const total = a + b;
  const first = a * excessLessLog(excess / a, x / a * total);
  const second = b * excessLessLog(-excess / b, (1 - x) / b * total);
  const rests = stirlingRest(total) - stirlingRest(a) - stirlingRest(b);
  return 0.5 * (log(a / total * b) - LOG_TWO_PI) + rests - first - second - logX - logRest;
}

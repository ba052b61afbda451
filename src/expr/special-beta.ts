/**
 * Baseline kernels around quotients of Γ: differences of log Γ and ψ without cancellation, and the beta
 * function. About 1e-13 relative, or that times the condition number.
 */
import { exp, expm1, lgamma, log, log1p, power } from './special';

const { abs, max, min } = Math;

/** B₂ₖ/(2k(2k − 1)), k = 1…8: log Γ's series behind Stirling's terms (Abramowitz & Stegun 6.1.40). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
/** From here on its eight terms are exact to rounding. */
const ASYMPTOTIC = 12;
const LOG_2 = 0.6931471805599453;
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** log Γ(x) − (x − ½) log x + x − log √(2π) for x ≥ 12. */
export function stirlingRest(x: number): number {
  return STIRLING.reduceRight((series, c) => series / (x * x) + c, 0) / x;
}

/**
 * Σ cₖ (x^−m − y^−m) with m = 2k + 1, plus `more`, given x, y = x + n: each difference of powers as a product
 * with n.
 */
function restFall(x: number, n: number, more: number, c: (k: number) => number): number {
  const [u, v] = [1 / x, 1 / (x + n)];
  return (
    STIRLING.reduceRight((total, _, k) => {
      let powers = 0;
      for (let i = 0; i < 2 * k + 1 + more; i++) powers = powers * u + power(v, i);
      return total + c(k) * powers;
    }, 0) *
    n *
    u *
    v
  );
}

/** log Γ(x + n) − log Γ(x), x and x + n > 0. */
export function logRisingFactorial(x: number, n: number): number {
  if (!(x > 0 && x + n > 0)) return NaN;
  if (n < 0) return -logRisingFactorial(x + n, -n);
  if (x < ASYMPTOTIC) {
    if (n > 1) return lgamma(x + n) - lgamma(x);
    return logRisingFactorial(x + 1, n) - log1p(n / x);
  }
  return (x + n - 0.5) * log1p(n / x) + n * (log(x) - 1) - restFall(x, n, 0, (k) => STIRLING[k]);
}

/** ψ(x + n) − ψ(x), x and x + n > 0. */
export function digammaDifference(x: number, n: number): number {
  if (!(x > 0 && x + n > 0)) return NaN;
  if (n < 0) return -digammaDifference(x + n, -n);
  if (x < ASYMPTOTIC) return digammaDifference(x + 1, n) + n / (x + n) / x;
  // Of log Γ's series, differentiated term by term.
  return log1p(n / x) + n / (x + n) / (2 * x) + restFall(x, n, 1, (k) => (2 * k + 1) * STIRLING[k]);
}

/** ψ′(x + n) − ψ′(x), x and x + n > 0. */
export function trigammaDifference(x: number, n: number): number {
  if (!(x > 0 && x + n > 0)) return NaN;
  if (n < 0) return -trigammaDifference(x + n, -n);
  const both = 1 / x + 1 / (x + n);
  if (x < ASYMPTOTIC) return trigammaDifference(x + 1, n) - (n / (x + n) / x) * both;
  const leading = (n / (x + n) / x) * (1 + both / 2);
  return -leading - restFall(x, n, 2, (k) => (2 * k + 1) * (2 * k + 2) * STIRLING[k]);
}

/** log B(a, b), a and b > 0; +∞ where one is 0. */
export function lbeta(a: number, b: number): number {
  const [low, high] = [min(a, b), max(a, b)];
  if (!(low >= 0)) return NaN;
  if (low === 0) return Infinity;
  if (low < ASYMPTOTIC) return lgamma(low) - logRisingFactorial(high, low);
  const rests = stirlingRest(low) + (stirlingRest(high) - stirlingRest(low + high));
  return (
    low * log(low / high) - 0.5 * log(low) - (low + high - 0.5) * log1p(low / high) + HALF_LOG_TWO_PI + rests
  );
}

/** log(1 − eˣ), x ≤ 0. */
export function log1mExp(x: number): number {
  return x > -LOG_2 ? log(-expm1(x)) : log1p(-exp(x));
}

/** log(eᵃ + eᵇ). */
export function logAddExp(a: number, b: number): number {
  return max(a, b) + (a === b ? LOG_2 : log1p(exp(-abs(a - b))));
}

/**
 * Functions of the baseline's kernels: the host's own, and special functions, plain, short, and by other methods than the
 * WebAssembly kernels, so that each checks the other. About 1e-13 relative, or that times the condition number
 * |x f′(x) / f(x)|.
 *
 * Nothing here feeds a draw, so the host's `Math` is welcome.
 */

export const { exp, expm1, log, log1p, tanh, sin, cos, atan2, pow: power } = Math;

/** B₂ₖ, k = 1…8. */
const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];
/** From here on eight terms of the asymptotic series are exact to rounding. */
const ASYMPTOTIC = 12;
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** 1 / (1 + exp(−x)). */
export function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

/** log(1 + exp(x)). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** sin(πx), from the distance to the nearest integer. */
function sinOfPi(x: number): number {
  const nearest = Math.round(x);
  return (nearest % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * (x - nearest));
}

/** log |Γ(x)|: +∞ at 0, −1, −2, … and ±∞. Recurrence up to 12, then Stirling (Abramowitz & Stegun 6.1.40). */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (!Number.isFinite(x)) return Infinity;
  if (x <= 0) {
    if (Number.isInteger(x)) return Infinity;
    return Math.log(Math.PI / Math.abs(sinOfPi(x))) - Math.log(-x) - lgamma(-x);
  }
  let product = 1;
  let y = x;
  for (; y < ASYMPTOTIC; y++) product *= y;
  let series = 0;
  for (let k = BERNOULLI.length; k >= 1; k--)
    series = series / (y * y) + BERNOULLI[k - 1] / (2 * k * (2 * k - 1));
  return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + series / y - Math.log(product);
}

/** Γ′(x) / Γ(x): NaN at −1, −2, …; −∞ at +0, +∞ at −0 (Abramowitz & Stegun 6.3.18). */
export function digamma(x: number): number {
  if (x === -Infinity) return NaN;
  if (x === 0) return -1 / x;
  if (x < 0) {
    if (Number.isInteger(x)) return NaN;
    const fraction = x - Math.round(x);
    return digamma(-x) - 1 / x - Math.PI / Math.tan(Math.PI * fraction);
  }
  let sum = 0;
  let y = x;
  for (; y < ASYMPTOTIC; y++) sum += 1 / y;
  let series = 0;
  for (let k = BERNOULLI.length; k >= 1; k--) series = (series + BERNOULLI[k - 1] / (2 * k)) / (y * y);
  return Math.log(y) - 0.5 / y - series - sum;
}

/** The derivative of digamma: +∞ at 0, −1, −2, … (Abramowitz & Stegun 6.4.12). */
export function trigamma(x: number): number {
  if (x === Infinity) return 0;
  if (x === -Infinity) return NaN;
  if (x <= 0) {
    if (Number.isInteger(x)) return Infinity;
    return (Math.PI / sinOfPi(x)) ** 2 - trigamma(-x) + 1 / (x * x);
  }
  let sum = 0;
  let y = x;
  for (; y < ASYMPTOTIC; y++) sum += 1 / (y * y);
  let series = 0;
  for (let k = BERNOULLI.length; k >= 1; k--) series = (series + BERNOULLI[k - 1]) / (y * y);
  return sum + (1 + 0.5 / y + series) / y;
}

/** Below this, erf's power series; above, erfc's continued fraction. */
const SERIES_BELOW = 2;

/** erf by 2x/√π · e^(−x²) Σ (2x²)ⁿ / (2n+1)!!, whose terms are all positive (Abramowitz & Stegun 7.1.6). */
function erfSeries(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ((2 * x) / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** exp(x²) erfc(x) for x ≥ 2, by its continued fraction from the far end (Abramowitz & Stegun 7.1.14). */
function scaledErfc(x: number): number {
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / 2 / fraction;
  return 1 / (Math.sqrt(Math.PI) * fraction);
}

/** The error function. */
export function erf(x: number): number {
  if (Math.abs(x) < SERIES_BELOW) return erfSeries(x);
  return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
}

/** 1 − erf(x), without cancellation. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < SERIES_BELOW) return 1 - erfSeries(x);
  return Math.exp(-x * x) * scaledErfc(x);
}

/** Φ(x), the standard normal's distribution function. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/** log Φ(x). */
export function normalLogCdf(x: number): number {
  if (x > -1) return Math.log1p(-normalCdf(-x));
  const y = -x * Math.SQRT1_2;
  if (y < SERIES_BELOW) return Math.log(normalCdf(x));
  return -0.5 * x * x + Math.log(0.5 * scaledErfc(y));
}

/** φ(x) / Φ(x), the derivative of log Φ. */
export function normalLogCdfDerivative(x: number): number {
  const y = -x * Math.SQRT1_2;
  if (y >= SERIES_BELOW) return Math.sqrt(2 / Math.PI) / scaledErfc(y);
  return Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI) / normalCdf(x);
}

/** Φ⁻¹(p), by Newton's method on the concave log Φ from below. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (!(p > 0)) return p === 0 ? -Infinity : NaN;
  const target = Math.log(p);
  let x = -Math.sqrt(-2 * target);
  for (let step = 0; step < 50; step++) {
    const change = (normalLogCdf(x) - target) / normalLogCdfDerivative(x);
    x -= change;
    if (Math.abs(change) <= 1e-15 * Math.abs(x)) break;
  }
  return x;
}

/**
 * Baseline kernels of modified Bessel functions of the first kind, by power series and asymptotic series
 * (DLMF 10.25.2 and 10.40.1). About 1e-13 relative.
 */
import { log, log1p } from './special';

const { abs, sign } = Math;
/** From here on the asymptotic series is exact to rounding. */
const FAR = 20;
const TERMS = 22;
const LOG_TWO_PI = 1.8378770664093453;

/** Σ zᵏ/(k! (k + order)!) with z = x²/4, for orders 0 and 1. */
function powerSeries(order: number, z: number): number {
  let [term, total] = [1, 0];
  for (let k = 1; term > 1e-18 * total; k++) {
    total += term;
    term *= z / (k * (k + order));
  }
  return total;
}

/** (I₀ − 1)/z. */
function powerSeriesRest(z: number): number {
  let [term, total] = [1, 0];
  for (let k = 2; term > 1e-18 * total; k++) {
    total += term;
    term *= z / (k * k);
  }
  return total;
}

/** Coefficients of I(x) e⁻ˣ √(2πx) in powers of 1/x. */
function asymptotic(order: number): number[] {
  const c = [1];
  for (let k = 1; k < TERMS; k++)
    c.push((-c[k - 1] * (4 * order * order - (2 * k - 1) * (2 * k - 1))) / (8 * k));
  return c;
}

const C0 = asymptotic(0);
const C1 = asymptotic(1);
/** S₀ − S₁ − S₀/(2x), which starts at x⁻². */
const DISTANCE = C0.map((c, k) => c - C1[k] - (k > 0 ? C0[k - 1] / 2 : 0)).slice(2);
const evaluate = (c: readonly number[], w: number): number => c.reduceRight((sum, x) => sum * w + x, 0);

/** log I₀(x). */
export function logBesselI0(x: number): number {
  const size = abs(x);
  if (!(size >= FAR)) return log1p(((x * x) / 4) * powerSeriesRest((x * x) / 4));
  return size === Infinity ? size : size - 0.5 * (LOG_TWO_PI + log(size)) + log(evaluate(C0, 1 / size));
}

/** I₁(x)/I₀(x). */
export function besselRatio(x: number): number {
  const size = abs(x);
  if (!(size >= FAR)) return ((x / 2) * powerSeries(1, (x * x) / 4)) / powerSeries(0, (x * x) / 4);
  return (sign(x) * evaluate(C1, 1 / size)) / evaluate(C0, 1 / size);
}

/** Its derivative, 1 − r² − r/x. */
export function besselRatioDerivative(x: number): number {
  const size = abs(x);
  if (!(size >= FAR)) {
    const quotient = powerSeries(1, (x * x) / 4) / powerSeries(0, (x * x) / 4) / 2;
    return 1 - x * quotient * (x * quotient) - quotient;
  }
  const w = 1 / size;
  const distance = (w * w * evaluate(DISTANCE, w)) / evaluate(C0, w);
  const shortfall = w / 2 + distance;
  return 2 * distance + shortfall * (w - shortfall);
}

/** Logarithms of the gamma function and of factorials, where a diagnostic needs them. */

// Lanczos approximation with g = 7, n = 9 (coefficients of Godfrey 2001): relative error about 1e-15.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** log Γ(x) for x ≥ 1. */
export function logGamma(x: number): number {
  let series = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) series += LANCZOS[i] / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** log k! for k = 0, 1, …, of the longest table asked for yet. */
let logFactorials: Float64Array | undefined;

/** log k!, from a table that grows as needed. */
export function logFactorial(k: number): number {
  if (logFactorials === undefined || k >= logFactorials.length) {
    logFactorials = Float64Array.from({ length: 2 * k + 64 }, (_, i) => logGamma(i + 1));
  }
  return logFactorials[k];
}

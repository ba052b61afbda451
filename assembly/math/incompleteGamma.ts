/**
 * The regularised incomplete gamma functions P(a, x) and Q = 1 − P, their logarithms, and the derivatives of
 * these in a; a > 0, x ≥ 0, NaN elsewhere. Method in gammaTail.ts; max error 2.5e-15 · (1 + Σ |condition
 * numbers|) relative.
 */
import { byPoint, byShape, gammaTail, logTail, upper } from "./gammaTail";
import { logProbability, logSlope, probability, slope } from "./tail";

export function gammaP(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return probability(!upper, logTail);
}

export function gammaQ(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return probability(upper, logTail);
}

export function logGammaP(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return logProbability(!upper, logTail);
}

export function logGammaQ(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return logProbability(upper, logTail);
}

/** ∂P/∂a = −∂Q/∂a. */
export function gammaPByShape(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return slope(!upper, logTail, byShape);
}

/** ∂ log P/∂a. */
export function logGammaPByShape(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return logSlope(!upper, logTail, byShape);
}

/** ∂ log Q/∂a. */
export function logGammaQByShape(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return logSlope(upper, logTail, byShape);
}

/** ∂ log P/∂x, the density over P. */
export function logGammaPByPoint(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return logSlope(!upper, logTail, byPoint);
}

/** ∂ log Q/∂x, the density over −Q. */
export function logGammaQByPoint(a: f64, x: f64): f64 {
  gammaTail(a, x);
  return logSlope(upper, logTail, byPoint);
}

/**
 * The regularised incomplete beta function I(a, b; x), its logarithm, and the derivatives of these in a and
 * b; a, b > 0 and 0 ≤ x ≤ 1, NaN elsewhere. Method in betaTail.ts; max error 1e-15 · (1 + Σ |condition
 * numbers|) relative.
 */
import { betaTail, byA, byB, byPoint, logTail, upper } from "./betaTail";
import { logProbability, logSlope, probability, slope } from "./tail";

export function incBeta(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return probability(!upper, logTail);
}

export function logIncBeta(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return logProbability(!upper, logTail);
}

export function incBetaByA(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return slope(!upper, logTail, byA);
}

export function incBetaByB(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return slope(!upper, logTail, byB);
}

export function logIncBetaByA(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return logSlope(!upper, logTail, byA);
}

export function logIncBetaByB(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return logSlope(!upper, logTail, byB);
}

/** ∂ log I/∂x, the density over I. */
export function logIncBetaByPoint(a: f64, b: f64, x: f64): f64 {
  betaTail(a, b, x);
  return logSlope(!upper, logTail, byPoint);
}

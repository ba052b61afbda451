/**
 * A probability, its logarithm and their derivatives, from the logarithm of it (`own`) or of its complement.
 */
import { exp, expm1, log1mExp } from "./scalar";

/** Below this a tail underflows. */
const LOG_LEAST: f64 = -745.2;

export function probability(own: bool, logTail: f64): f64 {
  return own ? exp(logTail) : -expm1(logTail);
}

export function logProbability(own: bool, logTail: f64): f64 {
  return own ? logTail : log1mExp(logTail);
}

/** The derivative of the probability, given that of `logTail`. */
export function slope(own: bool, logTail: f64, bySomething: f64): f64 {
  if (logTail < LOG_LEAST) return 0;
  return own ? exp(logTail) * bySomething : -exp(logTail) * bySomething;
}

/** The derivative of its logarithm. */
export function logSlope(own: bool, logTail: f64, bySomething: f64): f64 {
  if (own) return bySomething;
  return logTail < LOG_LEAST ? 0 : -bySomething / expm1(-logTail);
}

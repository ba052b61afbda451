/** Special functions of one number, as the host calls them. */
import { logRisingFactorial as logRisingFactorials } from "../math/logRisingFactorial";
import { normalCdf as normalCdfs } from "../math/normalCdf";
import { normalLogCdf as normalLogCdfs } from "../math/normalLogCdf";
import { normalQuantile as normalQuantiles } from "../math/normalQuantile";
import { trigamma as trigammas } from "../math/trigamma";

export { betaLogDensity } from "../math/betaTail";
export { gammaLogDensity } from "../math/gammaTail";
export { incBeta, logIncBeta } from "../math/incompleteBeta";
export { gammaP, gammaQ, logGammaP, logGammaQ } from "../math/incompleteGamma";
export { digamma, digammaDifference, exp, expm1, lbeta, lgamma, log, log1mExp, log1p } from "../math/scalar";

export function logRisingFactorial(x: f64, n: f64): f64 {
  return f64x2.extract_lane(logRisingFactorials(f64x2.splat(x), f64x2.splat(n)), 0);
}

export function normalCdf(x: f64): f64 {
  return f64x2.extract_lane(normalCdfs(f64x2.splat(x)), 0);
}

export function normalLogCdf(x: f64): f64 {
  return f64x2.extract_lane(normalLogCdfs(f64x2.splat(x)), 0);
}

export function normalQuantile(p: f64): f64 {
  return f64x2.extract_lane(normalQuantiles(f64x2.splat(p)), 0);
}

export function trigamma(x: f64): f64 {
  return f64x2.extract_lane(trigammas(f64x2.splat(x)), 0);
}

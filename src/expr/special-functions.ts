/** Special functions that have an instruction of their own, as free functions; arguments broadcast. */
import { one, three, two } from './lift';
import { special } from './operations/special-functions';

/** log(1 − eˣ) for x ≤ 0, exact near 0 and far below. */
export const log1mExp = one(special.log1mExp);

/** log(eᵃ + eᵇ) without overflow. */
export const logAddExp = two(special.logAddExp);

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), a and b > 0, without cancellation however large they are.
 */
export const lbeta = two(special.lbeta);

/** log Γ(x + n) − log Γ(x), x and x + n > 0, n whole or not, without cancellation however large x is. */
export const logRisingFactorial = two(special.logRisingFactorial);

/** ψ(x + n) − ψ(x), x and x + n > 0: the derivative of `logRisingFactorial` in x. */
export const digammaDifference = two(special.digammaDifference);

/**
 * P(a, x), the regularised lower incomplete gamma function: the distribution function at x of a gamma
 * variable of shape a > 0 and rate 1. NaN for x < 0. Derivatives in x any number of times, in a once.
 */
export const gammaP = two(special.gammaP);

/** Q(a, x) = 1 − P(a, x), exact where it is small. Derivatives as for `gammaP`. */
export const gammaQ = two(special.gammaQ);

/** log P(a, x), also where P underflows or is next to 1. Derivatives as for `gammaP`. */
export const logGammaP = two(special.logGammaP);

/** log Q(a, x), also where Q underflows or is next to 1. Derivatives as for `gammaP`. */
export const logGammaQ = two(special.logGammaQ);

/**
 * (a − 1) log x − x − log Γ(a), the log density of a gamma variable of rate 1, without cancellation however
 * large a is.
 */
export const gammaLogDensity = two(special.gammaLogDensity);

/**
 * I(a, b; x), the regularised incomplete beta function: the distribution function at x of a beta variable of
 * shapes a, b > 0. NaN for x outside of [0, 1]. Derivatives in x any number of times, in a and b once.
 */
export const incBeta = three(special.incBeta);

/** log I(a, b; x), also where I underflows or is next to 1. Derivatives as for `incBeta`. */
export const logIncBeta = three(special.logIncBeta);

/**
 * (a − 1) log x + (b − 1) log(1 − x) − log B(a, b), the log density of a beta variable, without cancellation.
 */
export const betaLogDensity = three(special.betaLogDensity);

/** log I₀(x), the modified Bessel function of the first kind of order 0. Derivatives up to the third. */
export const logBesselI0 = one(special.logBesselI0);

/**
 * I₁(x)/I₀(x), the derivative of `logBesselI0`: the mean resultant length of a von Mises variable of
 * concentration x.
 */
export const besselRatio = one(special.besselRatio);

/** Φ⁻¹(p), the standard normal's quantile, 0 ≤ p ≤ 1; exact in both tails as far as p is. */
export const normalQuantile = one(special.normalQuantile);

/** The angle of the point (x, y) from the first axis, from −π to π. */
export const atan2 = two(special.atan2);

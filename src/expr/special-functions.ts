/** Special functions that have an instruction of their own, as free functions; arguments broadcast. */
import { one, two } from './lift';
import { special } from './operations/special-functions';

/** log(1 − eˣ) for x ≤ 0, exact near 0 and far below. */
export const log1mExp = one(special.log1mExp);

/** log(eᵃ + eᵇ) without overflow. */
export const logAddExp = two(special.logAddExp);

/** log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), a and b > 0, without cancellation however large they are. */
export const lbeta = two(special.lbeta);

/** log Γ(x + n) − log Γ(x), x and x + n > 0, n whole or not, without cancellation however large x is. */
export const logRisingFactorial = two(special.logRisingFactorial);

/** ψ(x + n) − ψ(x), x and x + n > 0: the derivative of `logRisingFactorial` in x. */
export const digammaDifference = two(special.digammaDifference);

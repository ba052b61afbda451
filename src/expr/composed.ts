/**
 * Functions composed of others, in the forms that stay exact where the plain ones lose digits or overflow.
 */
import type { Expression } from './expression';
import {
  add,
  cos,
  div,
  equal,
  exp,
  expm1,
  floor,
  log,
  log1p,
  logSumExp,
  mean,
  mul,
  neg,
  reshape,
  select,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  sum,
} from './functions';
import { graphOf } from './graph';
import type { Broadcast, Lower, MaxRank, Operand, RankOf } from './rank';
import { resolveAxis } from './shape';
import { atan2, lbeta, log1mExp, logAddExp, logRisingFactorial } from './special-functions';

/** log(eᵃ − eᵇ) for a ≥ b; a where b is −∞. */
export function logDiffExp<A extends Operand, B extends Operand>(a: A, b: B): Expression<Broadcast<A, B>> {
  return add(a, log1mExp(select(equal(b, -Infinity), -Infinity, sub(b, a)))) as never;
}

/** log(θ·eᵃ + (1 − θ)·eᵇ), the log density of a mixture of two, 0 ≤ θ ≤ 1. */
export function logMix<T extends Operand, A extends Operand, B extends Operand>(
  theta: T,
  a: A,
  b: B,
): Expression<MaxRank<RankOf<T>, Broadcast<A, B>>> {
  return logAddExp(add(log(theta), a), add(log1p(neg(theta)), b)) as never;
}

/** log σ(x) = log(1/(1 + e⁻ˣ)); Stan's log_inv_logit. */
export function logSigmoid<A extends Operand>(x: A): Expression<RankOf<A>> {
  return neg(softplus(neg(x))) as never;
}

/** log(1 − σ(x)); Stan's log1m_inv_logit. */
export function log1mSigmoid<A extends Operand>(x: A): Expression<RankOf<A>> {
  return neg(softplus(x)) as never;
}

/** x·log y, 0 where both are 0. */
export function xlogy<A extends Operand, B extends Operand>(x: A, y: B): Expression<Broadcast<A, B>> {
  return mul(x, log(select(mul(equal(x, 0), equal(y, 0)), 1, y))) as never;
}

/** x·log(1 + y), 0 where x is 0 and y is −1. */
export function xlog1py<A extends Operand, B extends Operand>(x: A, y: B): Expression<Broadcast<A, B>> {
  return mul(x, log1p(select(mul(equal(x, 0), equal(y, -1)), 0, y))) as never;
}

/** log of the binomial coefficient n over k, 0 ≤ k ≤ n, whole or not; −∞ at k = −1 and k = n + 1. */
export function lchoose<A extends Operand, B extends Operand>(n: A, k: B): Expression<Broadcast<A, B>> {
  return neg(add(log1p(n), lbeta(add(k, 1), add(sub(n, k), 1)))) as never;
}

/** log(x (x − 1) … (x − n + 1)) = log Γ(x + 1) − log Γ(x − n + 1), x > n − 1. */
export function logFallingFactorial<A extends Operand, B extends Operand>(
  x: A,
  n: B,
): Expression<Broadcast<A, B>> {
  return logRisingFactorial(add(sub(x, n), 1), n) as never;
}

/** x − log Σ eˣ along an axis (the last unless told): the logarithm of `softmax`. */
export function logSoftmax<A extends Operand>(x: A, axis = -1): Expression<RankOf<A>> {
  return along('logSoftmax', x, axis, (array, kept) =>
    sub(array, reshape(logSumExp(array, axis), kept)),
  ) as never;
}

/** eˣ / Σ eˣ along an axis (the last unless told): positive numbers that add up to 1. */
export function softmax<A extends Operand>(x: A, axis = -1): Expression<RankOf<A>> {
  return exp(logSoftmax(x, axis)) as never;
}

/**
 * The sample's variance, with divisor n − 1, of all elements or along one axis; there must be two or more.
 */
export function variance<A extends Operand>(x: A): Expression<0>;
export function variance<A extends Operand>(x: A, axis: number): Expression<Lower<RankOf<A>>>;
export function variance(x: Operand, axis?: number): Expression;
export function variance(x: Operand, axis?: number): Expression {
  const array = graphOf('variance', [x]).expression(x);
  const count = axis === undefined ? array.size : array.shape[resolveAxis('variance', array.shape, axis)];
  if (count < 2) throw new RangeError(`variance: expected at least 2 elements, got ${count}`);
  if (axis === undefined) return div(sum(square(sub(array, mean(array)))), count - 1);
  return along('variance', array, axis, (_, kept) => {
    const centred = sub(array, reshape(mean(array, axis), kept));
    return div(sum(square(centred), axis), count - 1);
  });
}

/** The square root of `variance`. */
export function standardDeviation<A extends Operand>(x: A): Expression<0>;
export function standardDeviation<A extends Operand>(x: A, axis: number): Expression<Lower<RankOf<A>>>;
export function standardDeviation(x: Operand, axis?: number): Expression;
export function standardDeviation(x: Operand, axis?: number): Expression {
  return sqrt(variance(x, axis as number));
}

/** Σ (a − b)² over all elements of two arrays that broadcast. */
export function squaredDistance(a: Operand, b: Operand): Expression<0> {
  return sum(square(sub(a, b))) as never;
}

/** Hyperbolic sine, exact near 0. */
export function sinh<A extends Operand>(x: A): Expression<RankOf<A>> {
  return mul(0.5, sub(expm1(x), expm1(neg(x)))) as never;
}

/** Hyperbolic cosine. */
export function cosh<A extends Operand>(x: A): Expression<RankOf<A>> {
  return mul(0.5, add(exp(x), exp(neg(x)))) as never;
}

/** Inverse hyperbolic tangent, exact near 0: Fisher's z of a correlation. */
export function atanh<A extends Operand>(x: A): Expression<RankOf<A>> {
  return mul(0.5, sub(log1p(x), log1p(neg(x)))) as never;
}

export function tan<A extends Operand>(x: A): Expression<RankOf<A>> {
  return div(sin(x), cos(x)) as never;
}

/** Arc tangent, between −π/2 and π/2. */
export function atan<A extends Operand>(x: A): Expression<RankOf<A>> {
  return atan2(x, 1) as never;
}

/** Arc sine, between −π/2 and π/2; NaN for |x| > 1. */
export function asin<A extends Operand>(x: A): Expression<RankOf<A>> {
  return atan2(x, sqrt(mul(sub(1, x), add(1, x)))) as never;
}

/** Arc cosine, between 0 and π; NaN for |x| > 1. */
export function acos<A extends Operand>(x: A): Expression<RankOf<A>> {
  return atan2(sqrt(mul(sub(1, x), add(1, x))), x) as never;
}

/** The nearest integer; halves go upwards. */
export function round<A extends Operand>(x: A): Expression<RankOf<A>> {
  return floor(add(x, 0.5)) as never;
}

/** The smallest integer not below x. */
export function ceil<A extends Operand>(x: A): Expression<RankOf<A>> {
  return neg(floor(neg(x))) as never;
}

/** An array, and its shape with the axis kept as one element. */
function along(
  name: string,
  x: Operand,
  axis: number,
  body: (array: Expression, kept: readonly number[]) => Expression,
): Expression {
  const array = graphOf(name, [x]).expression(x);
  const resolved = resolveAxis(name, array.shape, axis);
  return body(
    array,
    array.shape.map((extent, i) => (i === resolved ? 1 : extent)),
  );
}

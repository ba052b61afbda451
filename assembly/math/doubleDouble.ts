/** Exact sums and products of two numbers, their rounding errors apart (Dekker, Numer. Math. 18, 1971). */

/** Keeps 26 bits of a significand, so that products of parts are exact. */
const HEAD: u64 = 0xfffffffff8000000;

/** a b − product, where product is a b rounded; for factors far from overflow and underflow. */
// @ts-ignore: decorator
@inline
export function productError(a: v128, b: v128, product: v128): v128 {
  const aHead = v128.and(a, i64x2.splat(HEAD));
  const bHead = v128.and(b, i64x2.splat(HEAD));
  const aRest = f64x2.sub(a, aHead);
  const bRest = f64x2.sub(b, bHead);
  const first = f64x2.sub(f64x2.mul(aHead, bHead), product);
  const cross = f64x2.add(f64x2.add(first, f64x2.mul(aHead, bRest)), f64x2.mul(aRest, bHead));
  return f64x2.add(cross, f64x2.mul(aRest, bRest));
}

/** a + b − sum, where sum is a + b rounded and |a| ≥ |b| or a = 0. */
// @ts-ignore: decorator
@inline
export function sumError(a: v128, b: v128, sum: v128): v128 {
  return f64x2.add(f64x2.sub(a, sum), b);
}

/** The sum of an array, by four pairs of accumulators. */

export function sum(x: usize, count: i32): f64 {
  let first = f64x2.splat(0), second = f64x2.splat(0), third = f64x2.splat(0), fourth = f64x2.splat(0);
  const end = x + (<usize>count << 3);
  for (const quads = x + (<usize>(count & ~7) << 3); x < quads; x += 64) {
    first = f64x2.add(first, v128.load(x));
    second = f64x2.add(second, v128.load(x, 16));
    third = f64x2.add(third, v128.load(x, 32));
    fourth = f64x2.add(fourth, v128.load(x, 48));
  }
  let total = horizontal(f64x2.add(f64x2.add(first, second), f64x2.add(third, fourth)));
  for (; x < end; x += 8) total += load<f64>(x);
  return total;
}

/** The sum of both lanes. */
// @ts-ignore: decorator
@inline
export function horizontal(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** The inner product of two columns of an even length. */

export function dot(a: usize, b: usize, bytes: usize): f64 {
  let even = f64x2.splat(0), odd = f64x2.splat(0);
  const end = a + bytes;
  for (const pairs = a + (bytes & ~31); a < pairs; a += 32, b += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(a), v128.load(b)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
  }
  if (a < end) even = f64x2.add(even, f64x2.mul(v128.load(a), v128.load(b)));
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Sum, least and greatest of an array, and whether all of it is whole numbers: what counts need. */

/**
 * Writes four f64 to `out`: the sum, the least, the greatest, and 1 where every element is a whole number. A NaN or
 * infinite element shows in the sum.
 */
export function totals(x: usize, count: i32, out: usize): void {
  let first = f64x2.splat(0), second = f64x2.splat(0), third = f64x2.splat(0), fourth = f64x2.splat(0);
  let least = f64x2.splat(Infinity), leastToo = least;
  let most = f64x2.splat(-Infinity), mostToo = most;
  let parts = f64x2.splat(0), partsToo = parts;
  const end = x + (<usize>count << 3);
  for (const quads = x + (<usize>(count & ~7) << 3); x < quads; x += 64) {
    const a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
    first = f64x2.add(first, a);
    second = f64x2.add(second, b);
    third = f64x2.add(third, c);
    fourth = f64x2.add(fourth, d);
    least = f64x2.pmin(least, f64x2.pmin(a, b));
    leastToo = f64x2.pmin(leastToo, f64x2.pmin(c, d));
    most = f64x2.pmax(most, f64x2.pmax(a, b));
    mostToo = f64x2.pmax(mostToo, f64x2.pmax(c, d));
    parts = v128.or(parts, v128.or(f64x2.ne(a, f64x2.floor(a)), f64x2.ne(b, f64x2.floor(b))));
    partsToo = v128.or(partsToo, v128.or(f64x2.ne(c, f64x2.floor(c)), f64x2.ne(d, f64x2.floor(d))));
  }
  for (; x < end; x += 8) {
    const a = v128.load64_splat(x);
    first = f64x2.add(first, f64x2.replace_lane(a, 1, 0));
    least = f64x2.pmin(least, a);
    most = f64x2.pmax(most, a);
    parts = v128.or(parts, f64x2.ne(a, f64x2.floor(a)));
  }
  const sum = f64x2.add(f64x2.add(first, second), f64x2.add(third, fourth));
  least = f64x2.pmin(least, leastToo);
  most = f64x2.pmax(most, mostToo);
  store<f64>(out, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  store<f64>(out, min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)), 8);
  store<f64>(out, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), 16);
  store<f64>(out, v128.any_true(v128.or(parts, partsToo)) ? 0 : 1, 24);
}

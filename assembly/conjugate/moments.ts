/**
 * Mean and sum of squared distances from it, in two passes over a block that is in the cache; the second pass also
 * corrects the first's rounding (Chan, Golub and LeVeque 1983, their corrected two-pass algorithm).
 */
import { horizontal, sum } from "./sum";

/** Writes the mean and Σ (x − mean)² of `count` > 0 f64 at `x` to `out`. */
export function moments(x: usize, count: i32, out: usize): void {
  const mean = sum(x, count) / count;
  let first = f64x2.splat(0), second = f64x2.splat(0), third = f64x2.splat(0), fourth = f64x2.splat(0);
  let rest = f64x2.splat(0), restToo = rest;
  const center = f64x2.splat(mean);
  const end = x + (<usize>count << 3);
  for (const quads = x + (<usize>(count & ~7) << 3); x < quads; x += 64) {
    const a = f64x2.sub(v128.load(x), center), b = f64x2.sub(v128.load(x, 16), center);
    const c = f64x2.sub(v128.load(x, 32), center), d = f64x2.sub(v128.load(x, 48), center);
    first = f64x2.add(first, f64x2.mul(a, a));
    second = f64x2.add(second, f64x2.mul(b, b));
    third = f64x2.add(third, f64x2.mul(c, c));
    fourth = f64x2.add(fourth, f64x2.mul(d, d));
    rest = f64x2.add(rest, f64x2.add(a, b));
    restToo = f64x2.add(restToo, f64x2.add(c, d));
  }
  let squares = horizontal(f64x2.add(f64x2.add(first, second), f64x2.add(third, fourth)));
  let remainder = horizontal(f64x2.add(rest, restToo));
  for (; x < end; x += 8) {
    const a = load<f64>(x) - mean;
    squares += a * a;
    remainder += a;
  }
  store<f64>(out, mean + remainder / count);
  store<f64>(out, squares - (remainder / count) * remainder, 8);
}

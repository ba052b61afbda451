/**
 * What sin and cos share: reduction by quarter turns to |y| ≤ π/4 in two parts, and the two kernels.
 *
 * Up to 10^6 by π/2 in three parts (Cody and Waite, "Software Manual for the Elementary Functions", 1980),
 * beyond by as many digits of 2/π as it takes (largeAngle.ts). Kernels: Chebyshev fits, errors 2e-17 and
 * 1e-18.
 */
import { coefficient } from "./coefficient";
import { reduceLargeAngle } from "./largeAngle";
import { terms3 } from "./polynomial";

// prettier-ignore
const C: usize = memory.data<f64>([
  -0.16666666666666666, 0.008333333333330948, -0.00019841269836756774, 2.7557316101617874e-06,
  -2.505113165023518e-08, 1.5918115263265974e-10,
  0.041666666666666664, -0.0013888888888887398, 2.480158729876456e-05, -2.7557317271145144e-07,
  2.087614614655861e-09, -1.1382623647474603e-11,
  0.6366197723675814, // 2 / π
  6755399441055744.0, // 1.5 · 2^52: adding it rounds to an integer, left in the low bits
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21, // π / 2: two parts of 33 bits and the rest
], 16);

/** From here on the parts of π/2 are too few. */
const LARGE: f64 = 1e6;

/** Quarter turns, heads and tails of both lanes, on the way to and from the scalar reduction. */
const SCRATCH: usize = memory.data(48, 16);

/** sin(x + quarters · π/2). */
export function sineAhead(x: v128, quarters: i64): v128 {
  const turns = f64x2.add(f64x2.mul(x, coefficient(C, 12)), coefficient(C, 13));
  const n = f64x2.sub(turns, coefficient(C, 13));
  // The first product and difference are exact; what the second loses is kept (Knuth's two-sum).
  const first = f64x2.sub(x, f64x2.mul(n, coefficient(C, 14)));
  const step = f64x2.mul(n, coefficient(C, 15));
  const second = f64x2.sub(first, step);
  const part = f64x2.sub(first, second);
  const lost = f64x2.add(f64x2.sub(first, f64x2.add(second, part)), f64x2.sub(part, step));
  const rest = f64x2.sub(lost, f64x2.mul(n, coefficient(C, 16)));
  const head = f64x2.add(second, rest);
  const tail = f64x2.add(f64x2.sub(second, head), rest);
  if (!i64x2.all_true(f64x2.lt(f64x2.abs(x), f64x2.splat(LARGE)))) {
    return sineOfLarge(x, quarters, turns, head, tail);
  }
  return turned(i64x2.add(turns, i64x2.splat(quarters)), head, tail);
}

function sineOfLarge(x: v128, quarters: i64, turns: v128, head: v128, tail: v128): v128 {
  v128.store(SCRATCH, turns);
  v128.store(SCRATCH, head, 16);
  v128.store(SCRATCH, tail, 32);
  const first = f64x2.extract_lane(x, 0);
  const second = f64x2.extract_lane(x, 1);
  if (!(abs(first) < LARGE)) reduceLargeAngle(first, SCRATCH, SCRATCH + 16, SCRATCH + 32);
  if (!(abs(second) < LARGE)) reduceLargeAngle(second, SCRATCH + 8, SCRATCH + 24, SCRATCH + 40);
  const ahead = i64x2.add(v128.load(SCRATCH), i64x2.splat(quarters));
  return turned(ahead, v128.load(SCRATCH, 16), v128.load(SCRATCH, 32));
}

/** ± sin or cos of head + tail, as the low two bits of `turns` say. */
function turned(turns: v128, head: v128, tail: v128): v128 {
  const z = f64x2.mul(head, head);
  const z2 = f64x2.mul(z, z);
  const z3 = f64x2.mul(z, z2);
  const half = f64x2.splat(0.5);
  const one = f64x2.splat(1);
  const cubic = f64x2.mul(z, head);
  const sineSeries = f64x2.add(terms3(C, 0, z, z2), f64x2.mul(z3, terms3(C, 3, z, z2)));
  // sin(h + t) = h + (t − h²t/2 + h³ s)
  const sineRest = f64x2.sub(tail, f64x2.mul(z, f64x2.mul(half, tail)));
  const sine = f64x2.add(head, f64x2.add(sineRest, f64x2.mul(cubic, sineSeries)));
  // cos(h + t) = 1 − h²/2 + (h⁴ c − h t), the rounding of 1 − h²/2 given back
  const halfSquare = f64x2.mul(half, z);
  const whole = f64x2.sub(one, halfSquare);
  const lost = f64x2.sub(f64x2.sub(one, whole), halfSquare);
  const cosineSeries = f64x2.add(terms3(C, 6, z, z2), f64x2.mul(z3, terms3(C, 9, z, z2)));
  const cosineRest = f64x2.sub(f64x2.mul(z2, cosineSeries), f64x2.mul(head, tail));
  const cosine = f64x2.add(whole, f64x2.add(lost, cosineRest));
  const odd = i64x2.ne(v128.and(turns, i64x2.splat(1)), i64x2.splat(0));
  const sign = i64x2.shl(v128.and(turns, i64x2.splat(2)), 62);
  return v128.xor(v128.bitselect(cosine, sine, odd), sign);
}

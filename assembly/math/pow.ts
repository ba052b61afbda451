/**
 * x^y, all of f64, with the special cases of IEEE 754 (so 1^∞ = 1); max error 1.0 ulp.
 *
 * exp(y log x) with the logarithm to some 65 bits: 2 artanh(f / (2 + f)) with quotient, square and first
 * terms in two parts.
 */
import { coefficient } from "./coefficient";
import { productError, sumError } from "./doubleDouble";
import { exp } from "./exp";
import { exponentOf, fractionOf, shifted } from "./logarithm";
import { terms4 } from "./polynomial";

// prettier-ignore
const C: usize = memory.data<f64>([
  0.2, 0.14285714285714682, 0.11111111110827943, 0.09090909167696401,
  0.07692297481259215, 0.06667402346923657, 0.058531181697455796, 0.05861589311938473,
  0.6931471804855391, // ln 2, its first 33 bits
  7.440617110012397e-11, // and the rest
  0.3333333333333333, 1.850371707708594e-17, // 1/3
], 16);

export function pow(x: v128, y: v128): v128 {
  const usual = v128.and(
    v128.and(f64x2.ge(x, f64x2.splat(f64.MIN_NORMAL_VALUE)), f64x2.lt(x, f64x2.splat(Infinity))),
    f64x2.lt(f64x2.abs(y), f64x2.splat(Infinity)),
  );
  const value = powerOf(x, f64x2.splat(0), y);
  return i64x2.all_true(usual) ? value : powOfUnusual(x, y);
}

/** (x 2^shift)^y for normal, positive, finite x and finite y. */
// @ts-ignore: decorator
@inline
function powerOf(x: v128, shift: v128, y: v128): v128 {
  const bits = shifted(x);
  const k = f64x2.add(exponentOf(bits), shift);
  const f = fractionOf(bits);
  const two = f64x2.splat(2);
  // s + sRest = f / (2 + f)
  const below = f64x2.add(two, f);
  const belowRest = sumError(two, f, below);
  const s = f64x2.div(f, below);
  const back = f64x2.mul(s, below);
  const missed = f64x2.sub(f64x2.sub(f, back), productError(s, below, back));
  const left = f64x2.sub(missed, f64x2.mul(s, belowRest));
  const sRest = f64x2.div(left, below);
  // z + zRest = s²
  const z = f64x2.mul(s, s);
  const zRest = f64x2.add(productError(s, s, z), f64x2.mul(f64x2.add(s, s), sRest));
  // artanh(s) / s − 1 = z/3 + z² (1/5 + …), as p + pRest
  const third = coefficient(C, 10);
  const p0 = f64x2.mul(z, third);
  const p0Rest = f64x2.add(
    f64x2.add(productError(z, third, p0), f64x2.mul(zRest, third)),
    f64x2.mul(z, coefficient(C, 11)),
  );
  const z2 = f64x2.mul(z, z);
  const z4 = f64x2.mul(z2, z2);
  const series = f64x2.add(terms4(C, 0, z, z2), f64x2.mul(z4, terms4(C, 4, z, z2)));
  const p1 = f64x2.mul(z2, series);
  const p = f64x2.add(p0, p1);
  const pRest = f64x2.add(sumError(p0, p1, p), p0Rest);
  // 2 s (1 + p)
  const s2 = f64x2.add(s, s);
  const q = f64x2.mul(s2, p);
  const s2Rest = f64x2.add(sRest, sRest);
  const cross = f64x2.add(f64x2.mul(s2, pRest), f64x2.mul(s2Rest, p));
  const qRest = f64x2.add(productError(s2, p, q), cross);
  const m = f64x2.add(s2, q);
  const mRest = f64x2.add(f64x2.add(sumError(s2, q, m), qRest), s2Rest);
  // and k ln 2, at least as large unless k is 0
  const turns = f64x2.mul(k, coefficient(C, 8));
  const sum = f64x2.add(turns, m);
  const sumRest = f64x2.add(f64x2.add(sumError(turns, m, sum), mRest), f64x2.mul(k, coefficient(C, 9)));
  const log = f64x2.add(sum, sumRest);
  const logRest = sumError(sum, sumRest, log);
  const exponent = f64x2.mul(y, log);
  const exponentRest = f64x2.add(productError(y, log, exponent), f64x2.mul(y, logRest));
  // Far out the result is 0 or ∞, and the errors may not be numbers.
  const small = f64x2.lt(f64x2.abs(exponent), f64x2.splat(800));
  const power = exp(exponent);
  const correction = f64x2.mul(power, v128.and(exponentRest, small));
  return f64x2.add(power, v128.and(correction, f64x2.lt(power, f64x2.splat(Infinity))));
}

function powOfUnusual(x: v128, y: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const infinity = f64x2.splat(Infinity);
  const size = f64x2.abs(x);
  const tiny = f64x2.lt(size, f64x2.splat(f64.MIN_NORMAL_VALUE));
  const scaled = v128.bitselect(f64x2.mul(size, f64x2.splat(18014398509481984.0)), size, tiny);
  let value = powerOf(scaled, v128.and(tiny, f64x2.splat(-54)), y);
  // At 0, ∞ and for infinite y the result is 0 or ∞ (or 1 of size 1).
  const above = f64x2.gt(size, one);
  const grows = i64x2.eq(above, f64x2.gt(y, zero));
  const end = v128.or(
    v128.or(f64x2.eq(size, zero), f64x2.eq(size, infinity)),
    f64x2.eq(f64x2.abs(y), infinity),
  );
  value = v128.bitselect(v128.and(infinity, grows), value, end);
  value = v128.bitselect(one, value, v128.and(f64x2.eq(size, one), f64x2.eq(y, y)));
  // Below 0 (−0 too) the exponent must be an integer, and an odd one keeps the sign.
  const below = i64x2.lt_s(x, zero);
  const half = f64x2.mul(y, f64x2.splat(0.5));
  const odd = v128.and(f64x2.eq(f64x2.floor(y), y), f64x2.ne(f64x2.floor(half), half));
  value = v128.xor(value, v128.and(v128.and(below, odd), i64x2.splat(i64.MIN_VALUE)));
  const undefinedRoot = v128.and(
    v128.and(f64x2.lt(x, zero), f64x2.ne(f64x2.floor(y), y)),
    f64x2.lt(size, infinity),
  );
  value = v128.bitselect(f64x2.splat(NaN), value, undefinedRoot);
  value = v128.bitselect(f64x2.splat(NaN), value, v128.or(f64x2.ne(x, x), f64x2.ne(y, y)));
  return v128.bitselect(one, value, v128.or(f64x2.eq(y, zero), f64x2.eq(x, one)));
}

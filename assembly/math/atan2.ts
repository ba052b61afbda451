/**
 * The angle of the point (x, y) from the first axis, in (−π, π], all of f64, signed zeros and infinities as
 * in IEEE 754; atan(y) where x is 1; max error 2 ulp.
 *
 * The quotient t ≤ 1 of the smaller by the larger, above √2 − 1 replaced by (t − 1)/(t + 1) at π/4, then a
 * Chebyshev fit of atan(t)/t in t², error 1.3e-18.
 */
import { terms4, terms8 } from "./polynomial";
import { withSign } from "./sign";

// prettier-ignore
const C: usize = memory.data<f64>([
  1.0, -0.3333333333333312, 0.19999999999940837, -0.14285714279244968, 0.11111110744657099,
  -0.09090896801472813, 0.07692045194561481, -0.06662950246036792, 0.05846866752275139, -0.05035049795312439,
  0.03796390316111083, -0.017803896394812564,
], 16);

/** π/4 in two parts, the first rounded. */
const EIGHTH: f64 = 0.7853981633974483;
const EIGHTH_REST: f64 = 3.061616997868383e-17;

export function atan2(y: v128, x: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const height = f64x2.abs(y);
  const width = f64x2.abs(x);
  const steep = f64x2.gt(height, width);
  const larger = v128.bitselect(height, width, steep);
  // ∞/∞ counts as 1, 0/0 as 0.
  let t = f64x2.div(v128.bitselect(width, height, steep), larger);
  t = v128.bitselect(one, t, f64x2.eq(height, width));
  t = v128.andnot(t, f64x2.eq(larger, zero));
  const turned = f64x2.gt(t, f64x2.splat(0.41421356237309503));
  t = v128.bitselect(f64x2.div(f64x2.sub(t, one), f64x2.add(t, one)), t, turned);
  const z = f64x2.mul(t, t);
  const z2 = f64x2.mul(z, z);
  const z4 = f64x2.mul(z2, z2);
  const series = f64x2.add(terms8(C, 0, z, z2, z4), f64x2.mul(f64x2.mul(z4, z4), terms4(C, 8, z, z2)));
  const small = f64x2.add(f64x2.mul(t, series), v128.and(f64x2.splat(EIGHTH_REST), turned));
  let eighths = v128.and(one, turned);
  let angle = small;
  // Reflected at the diagonal, then at the second axis: eighths of a turn of π and the rest change together.
  eighths = v128.bitselect(f64x2.sub(f64x2.splat(2), eighths), eighths, steep);
  angle = v128.bitselect(f64x2.sub(f64x2.splat(2 * EIGHTH_REST), angle), angle, steep);
  const behind = i64x2.lt_s(x, i64x2.splat(0));
  eighths = v128.bitselect(f64x2.sub(f64x2.splat(4), eighths), eighths, behind);
  angle = v128.bitselect(f64x2.sub(f64x2.splat(4 * EIGHTH_REST), angle), angle, behind);
  const value = withSign(f64x2.add(f64x2.mul(eighths, f64x2.splat(EIGHTH)), angle), y);
  return v128.bitselect(f64x2.add(x, y), value, v128.or(f64x2.ne(x, x), f64x2.ne(y, y)));
}

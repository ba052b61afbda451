/**
 * exp(x²) erfc(x) for x ≥ 0, the tail of the normal without its exponential.
 *
 * One Chebyshev fit of (1 + 2x) exp(x²) erfc(x) in q = (x − 3.5) / (x + 3.5), after Shepherd and Laframboise
 * (Math. Comp. 36, 1981); fit error 3e-17, max error 4e-16 relative.
 */
import { coefficient } from "./coefficient";
import { terms8 } from "./polynomial";

// prettier-ignore
const C: usize = memory.data<f64>([
  1.2423492448711544, -0.14000918013761943, -0.010555596332221952, 0.09751909515326224, -0.11508959816001958,
  0.08798315382467885, -0.0488233258310565, 0.019099330945601945, -0.004215019878405774, -0.00030226790250868746,
  0.0005643842605299897, -0.00012151232760165049, -4.2781721628905614e-05, 2.4260839884956625e-05,
  2.3272968965569266e-06, -3.814933907984698e-06, -4.3051702801470573e-08, 6.025096057081062e-07,
  -8.641744973204816e-09, -9.711971328975727e-08, 6.778448793564802e-10, 1.3911592311296799e-08,
  5.811094619015422e-11, -1.2155186967957756e-09,
  3.5,
], 16);

// @ts-ignore: decorator
@inline
export function erfcx(x: v128): v128 {
  const centre = coefficient(C, 24);
  // Beyond 1e300 the quotient is 1 to rounding, and x + 3.5 still finite.
  const inside = f64x2.pmin(x, f64x2.splat(1e300));
  const q = f64x2.div(f64x2.sub(inside, centre), f64x2.add(inside, centre));
  const q2 = f64x2.mul(q, q);
  const q4 = f64x2.mul(q2, q2);
  const q8 = f64x2.mul(q4, q4);
  const high = f64x2.add(terms8(C, 8, q, q2, q4), f64x2.mul(q8, terms8(C, 16, q, q2, q4)));
  const top = f64x2.add(terms8(C, 0, q, q2, q4), f64x2.mul(q8, high));
  return f64x2.div(top, f64x2.add(f64x2.splat(1), f64x2.add(x, x)));
}

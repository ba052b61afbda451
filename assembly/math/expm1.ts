/** exp(x) − 1 without cancellation, all of f64; method in exponential.ts; max error 1.0 ulp. */
import { beyondLimit, excess, power, sixtyFourths } from "./exponential";
import { entryOfLane0, entryOfLane1 } from "./powersOfTwo";
import { exp } from "./exp";
import { withSign } from "./sign";

// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  return v128.any_true(beyondLimit(x)) ? expm1AtTheEnds(x) : expm1Within(x);
}

// @ts-ignore: decorator
@inline
function expm1Within(x: v128): v128 {
  const k = sixtyFourths(x);
  const entry0 = entryOfLane0(k);
  const entry1 = entryOfLane1(k);
  const scale = power(k, entry0, entry1);
  const growth = f64x2.mul(scale, excess(x, k, entry0, entry1));
  return withSign(f64x2.add(f64x2.sub(scale, f64x2.splat(1)), growth), x);
}

/** Out there exp(x) is −1's neighbour or far above 1; the other lane may be anywhere. */
function expm1AtTheEnds(x: v128): v128 {
  const far = beyondLimit(x);
  return v128.bitselect(f64x2.sub(exp(x), f64x2.splat(1)), expm1Within(v128.andnot(x, far)), far);
}

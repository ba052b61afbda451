/** tanh(x), all of f64; from exp(2|x|) − 1, whose relative error it damps; max error 1.6 ulp. */
import { excess, power, sixtyFourths } from "./exponential";
import { entryOfLane0, entryOfLane1 } from "./powersOfTwo";
import { withSign } from "./sign";

/** From here on tanh rounds to 1. */
const SATURATED: f64 = 20;

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f64x2.pmin(f64x2.abs(x), f64x2.splat(SATURATED));
  const y = f64x2.add(size, size);
  const k = sixtyFourths(y);
  const entry0 = entryOfLane0(k);
  const entry1 = entryOfLane1(k);
  const scale = power(k, entry0, entry1);
  const growth = f64x2.mul(scale, excess(y, k, entry0, entry1));
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const more = f64x2.add(f64x2.sub(scale, one), growth); // exp(y) − 1
  // Near 0 more / (2 + more), which damps its error; further out 1 − 2 / (2 + more).
  const small = f64x2.lt(size, f64x2.splat(0.55));
  const below = f64x2.add(two, more);
  const quotient = f64x2.div(v128.bitselect(more, two, small), below);
  const complement = f64x2.sub(one, quotient);
  // What rounding 2 + more lost is given back, with 1 / (2 + more) = (1 − tanh) / 2.
  const lost = f64x2.sub(more, f64x2.sub(below, two));
  const share = f64x2.mul(f64x2.mul(lost, f64x2.splat(0.5)), f64x2.mul(quotient, complement));
  return withSign(v128.bitselect(f64x2.sub(quotient, share), complement, small), x);
}

/** The sign bit of both lanes, for odd functions that must keep the sign of zero. */
import { coefficient } from "./coefficient";

const BITS: usize = memory.data<u64>([0x8000000000000000], 16);

/** `magnitude` ≥ 0 with the sign bits of `signs`. */
// @ts-ignore: decorator
@inline
export function withSign(magnitude: v128, signs: v128): v128 {
  return v128.or(magnitude, v128.and(signs, coefficient(BITS, 0)));
}

/** Φ(−x) exp(x²/2) for x ≥ 0: half of erfcx(x / √2); shared by Φ, log Φ and φ / Φ. */
import { erfcx } from "./erfcx";

// @ts-ignore: decorator
@inline
export function normalTail(x: v128): v128 {
  return f64x2.mul(f64x2.splat(0.5), erfcx(f64x2.mul(x, f64x2.splat(0.7071067811865476))));
}

/** Likelihoods of generalised linear models, two rows at a time, in terms of one exponential each. */
import { exp, expWithin } from "../../assembly/math/exp";

/** 1; the least logarithm of a normal number; the sign. */
const CONSTANTS: usize = memory.data<f64>([1, 1, -708, -708, -0.0, -0.0], 16);

/** Σ y·η − log(1 + e^η), where −log(1 + e^−|η|) is left as a factor. */
@unmanaged
export class Logistic {
  @inline exponential(eta: v128): v128 {
    return expWithin(f64x2.pmax(v128.or(eta, v128.load(CONSTANTS, 32)), v128.load(CONSTANTS, 16)));
  }

  @inline residual(y: v128, eta: v128, e: v128): v128 {
    const one = v128.load(CONSTANTS);
    // e ≤ 1, so the larger of it and 0 or 1 is the numerator of the sigmoid.
    const above = f64x2.pmax(e, v128.and(f64x2.ge(eta, f64x2.splat(0)), one));
    return f64x2.sub(y, f64x2.div(above, f64x2.add(one, e)));
  }

  @inline part(y: v128, eta: v128, _e: v128): v128 {
    return f64x2.sub(f64x2.mul(y, eta), f64x2.pmax(eta, f64x2.splat(0)));
  }

  /** In (1, 2]. */
  @inline factor(product: v128, e: v128): v128 {
    return f64x2.mul(product, f64x2.add(e, v128.load(CONSTANTS)));
  }
}

/** Σ y·η − e^η. */
@unmanaged
export class Poisson {
  @inline exponential(eta: v128): v128 {
    return exp(eta);
  }

  @inline residual(y: v128, _eta: v128, e: v128): v128 {
    return f64x2.sub(y, e);
  }

  @inline part(y: v128, eta: v128, e: v128): v128 {
    return f64x2.sub(f64x2.mul(y, eta), e);
  }

  @inline factor(product: v128, _e: v128): v128 {
    return product;
  }
}

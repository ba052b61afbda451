/** Likelihoods of generalised linear models, two rows at a time, in terms of one exponential each. */
import { exp } from "../../assembly/math/exp";

/** Σ y·η − log(1 + e^η), where −log(1 + e^−|η|) is left as a factor. */
@unmanaged
export class Logistic {
  @inline exponential(eta: v128): v128 {
    return exp(f64x2.neg(f64x2.abs(eta)));
  }

  @inline residual(y: v128, eta: v128, e: v128): v128 {
    const one = f64x2.splat(1);
    const positive = f64x2.ge(eta, f64x2.splat(0));
    return f64x2.sub(y, f64x2.div(v128.bitselect(one, e, positive), f64x2.add(one, e)));
  }

  @inline part(y: v128, eta: v128, _e: v128): v128 {
    return f64x2.sub(f64x2.mul(y, eta), f64x2.pmax(eta, f64x2.splat(0)));
  }

  /** In (1, 2]. */
  @inline factor(product: v128, e: v128): v128 {
    return f64x2.mul(product, f64x2.add(e, f64x2.splat(1)));
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

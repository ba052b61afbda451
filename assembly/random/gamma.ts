/**
 * Gamma draws by Marsaglia and Tsang, "A simple method for generating gamma variables" (ACM TOMS 26, 2000):
 * a normal draw's cube, rejected rarely. Below shape 1, a draw of shape + 1 times U^(1/shape), the factor
 * kept as a logarithm for those who need it where it underflows; at shape ½, half a squared normal draw.
 */
import { exp, log } from "../math/scalar";
import { exponential } from "./exponential";
import { normal } from "./normal";
import { uniform } from "./xoshiro";

/**
 * Logarithms of the factor come divided by this power of two, so that they are finite for the smallest shape
 * and can be subtracted from each other.
 */
export const UNIT: f64 = 1.6069380442589903e60; // 2^200
/** From this shape on the rejection's exponent is its series; written out it would cancel. */
const LARGE: f64 = 1e7;

/** A gamma distribution of rate 1, of which a draw is significand · exp(−decay · UNIT). */
@unmanaged
export class StandardGamma {
  private centre: f64;
  /** 0 where the draw is half a square. */
  private slope: f64;
  private decayRate: f64;

  // @ts-ignore: decorator
  @inline
  prepare(shape: f64): void {
    const small = shape < 1 && shape !== 0.5;
    const centre = (small ? shape + 1 : shape) - 0.3333333333333333;
    this.centre = centre;
    this.slope = shape === 0.5 ? 0 : 0.3333333333333333 / sqrt<f64>(centre);
    this.decayRate = small ? shape * UNIT : Infinity;
  }

  /** A draw itself, 0 where it underflows. */
  // @ts-ignore: decorator
  @inline
  draw(state: usize): f64 {
    const significand = this.significand(state);
    const decay = this.decay(state);
    return decay === 0 ? significand : significand * exp(-decay * UNIT);
  }

  // @ts-ignore: decorator
  @inline
  decay(state: usize): f64 {
    return this.decayRate === Infinity ? 0 : exponential(state) / this.decayRate;
  }

  significand(state: usize): f64 {
    const centre = this.centre;
    const slope = this.slope;
    if (slope === 0) return halfSquare(state);
    while (true) {
      const x = normal(state);
      const t = slope * x;
      const root = 1 + t;
      if (root <= 0) continue;
      const u = uniform(state);
      const square = x * x;
      const value = centre * (root * root * root);
      if (u < 1 - 0.0331 * square * square) return value;
      const exponent =
        centre > LARGE
          ? centre * (t * t) * (t * t) * (0.6 * t - 0.75)
          : 0.5 * square + centre - value + 3 * centre * log(root);
      if (log(u) < exponent) return value;
    }
  }
}
function halfSquare(state: usize): f64 {
  const z = normal(state);
  return 0.5 * z * z;
}

const STANDARD = changetype<StandardGamma>(memory.data(offsetof<StandardGamma>(), 16));

/** Parameters shape and rate. */
@unmanaged
export class Gamma {
  rate: f64;

  prepare(shape: f64, rate: f64, _: f64, _run: i32): void {
    this.rate = rate;
    STANDARD.prepare(shape);
  }

  draw(state: usize): f64 {
    return STANDARD.draw(state) / this.rate;
  }
}

/** The logarithm of a gamma draw, finite where the draw itself underflows. Parameters shape and rate. */
@unmanaged
export class LogGamma {
  logRate: f64;

  prepare(shape: f64, rate: f64, _: f64, _run: i32): void {
    this.logRate = log(rate);
    STANDARD.prepare(shape);
  }

  draw(state: usize): f64 {
    const significand = STANDARD.significand(state);
    return log(significand) - STANDARD.decay(state) * UNIT - this.logRate;
  }
}

/** 1 / gamma. Parameters shape and scale. */
@unmanaged
export class InverseGamma {
  scale: f64;

  prepare(shape: f64, scale: f64, _: f64, _run: i32): void {
    this.scale = scale;
    STANDARD.prepare(shape);
  }

  draw(state: usize): f64 {
    const value = this.scale / STANDARD.significand(state);
    const decay = STANDARD.decay(state);
    return decay === 0 ? value : value * exp(decay * UNIT);
  }
}

/** Parameter: degrees of freedom. */
@unmanaged
export class ChiSquared {
  prepare(freedom: f64, _1: f64, _2: f64, _run: i32): void {
    STANDARD.prepare(0.5 * freedom);
  }

  draw(state: usize): f64 {
    return 2 * STANDARD.draw(state);
  }
}

/** A normal draw over the root of a mean square. Parameters: degrees of freedom, location and scale. */
@unmanaged
export class StudentT {
  half: f64;
  location: f64;
  scale: f64;

  prepare(freedom: f64, location: f64, scale: f64, _run: i32): void {
    this.half = 0.5 * freedom;
    this.location = location;
    this.scale = scale;
    STANDARD.prepare(this.half);
  }

  draw(state: usize): f64 {
    let z = normal(state) * sqrt<f64>(this.half / STANDARD.significand(state));
    const decay = STANDARD.decay(state);
    if (decay !== 0) z *= exp(0.5 * decay * UNIT);
    return this.location + this.scale * z;
  }
}

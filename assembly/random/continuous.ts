/** Continuous distributions that take one or two standard draws. */
import { exp, log } from "../math/scalar";
import { sin } from "../math/sin";
import { exponential } from "./exponential";
import { normal } from "./normal";
import { nextU64, openUniform, uniform } from "./xoshiro";

/** Parameters lower and upper: in [lower, upper). */
@unmanaged
export class Uniform {
  lower: f64;
  upper: f64;
  width: f64;

  prepare(lower: f64, upper: f64, _: f64, _run: i32): void {
    this.lower = lower;
    this.upper = upper;
    this.width = upper - lower;
  }

  draw(state: usize): f64 {
    while (true) {
      const value = this.lower + this.width * uniform(state);
      // Rounding may reach the upper end.
      if (value < this.upper) return value;
    }
  }
}

/** Parameters location and scale, of the variate or of its logarithm. */
@unmanaged
class LocationScale {
  location: f64;
  scale: f64;

  prepare(location: f64, scale: f64, _: f64, _run: i32): void {
    this.location = location;
    this.scale = scale;
  }
}

/** Parameters mean and standard deviation. */
@unmanaged
export class Normal extends LocationScale {
  draw(state: usize): f64 {
    return this.location + this.scale * normal(state);
  }
}

/** Parameters: location and scale of the logarithm. */
@unmanaged
export class LogNormal extends LocationScale {
  draw(state: usize): f64 {
    return exp(this.location + this.scale * normal(state));
  }
}

/** Parameter: rate. */
@unmanaged
export class Exponential {
  rate: f64;

  prepare(rate: f64, _1: f64, _2: f64, _run: i32): void {
    this.rate = rate;
  }

  draw(state: usize): f64 {
    return exponential(state) / this.rate;
  }
}

/** A power of an exponential draw. Parameters shape and scale. */
@unmanaged
export class Weibull {
  shape: f64;
  scale: f64;

  prepare(shape: f64, scale: f64, _: f64, _run: i32): void {
    this.shape = shape;
    this.scale = scale;
  }

  draw(state: usize): f64 {
    return this.scale * exp(log(exponential(state)) / this.shape);
  }
}

/** Ratio of the coordinates of a point in half a disc. Parameters location and scale. */
@unmanaged
export class Cauchy extends LocationScale {
  draw(state: usize): f64 {
    while (true) {
      const x = 2 * uniform(state) - 1;
      const y = openUniform(state);
      if (x * x + y * y <= 1) return this.location + this.scale * (x / y);
    }
  }
}

/** An exponential draw with a sign. Parameters location and scale. */
@unmanaged
export class Laplace extends LocationScale {
  draw(state: usize): f64 {
    const size = this.scale * exponential(state);
    return this.location + (nextU64(state) >> 63 ? -size : size);
  }
}

/** Logit of a uniform draw. Parameters location and scale. */
@unmanaged
export class Logistic extends LocationScale {
  draw(state: usize): f64 {
    const u = openUniform(state);
    return this.location + this.scale * log(u / (1 - u));
  }
}

/**
 * By Michael, Schucany and Haas (Am. Stat. 30, 1976), their root written without cancellation. Parameters
 * mean and shape.
 */
@unmanaged
export class InverseGaussian {
  mean: f64;
  half: f64;

  prepare(mean: f64, shape: f64, _: f64, _run: i32): void {
    this.mean = mean;
    this.half = (0.5 * mean) / shape;
  }

  draw(state: usize): f64 {
    const z = normal(state);
    const r = this.half * (z * z);
    const above = 1 + r + sqrt<f64>(r) * sqrt<f64>(r + 2);
    const share = above / (1 + above);
    return uniform(state) < share ? this.mean / above : this.mean * above;
  }
}

const PI: f64 = 3.141592653589793;
/** Below, uniform proposals are accepted more often than normal ones. */
const NEARLY_UNIFORM: f64 = 0.45;

/**
 * Rejection from the normal that lies above the density because 1 − cos θ ≥ 2θ²/π² (at least 64 % are
 * accepted), or for small concentrations from the uniform. Parameters mean, an angle, and concentration;
 * draws lie within π of the mean.
 */
@unmanaged
export class VonMises {
  mean: f64;
  concentration: f64;
  sd: f64;

  prepare(mean: f64, concentration: f64, _: f64, _run: i32): void {
    this.mean = mean;
    this.concentration = concentration;
    this.sd = concentration < NEARLY_UNIFORM ? Infinity : (0.5 * PI) / sqrt<f64>(concentration);
  }

  draw(state: usize): f64 {
    const flat = this.sd === Infinity;
    while (true) {
      const z = flat ? 0 : normal(state);
      const angle = flat ? PI * (2 * uniform(state) - 1) : this.sd * z;
      if (abs(angle) > PI) continue;
      const sine = f64x2.extract_lane(sin(f64x2.splat(0.5 * angle)), 0);
      // 1 − cos is twice the squared sine of half the angle, which keeps its digits.
      const exponent = 2 * this.concentration * sine * sine - 0.5 * z * z;
      if (exponential(state) >= exponent) return this.mean + angle;
    }
  }
}

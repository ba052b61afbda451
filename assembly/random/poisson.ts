/**
 * Poisson draws: inversion below mean 10, above it the transformed rejection of Hörmann, "The transformed
 * rejection method for generating Poisson random variables" (Insurance: Math. Econ. 12, 1993).
 */
import { exp, log } from "../math/scalar";
import { StandardGamma } from "./gamma";
import { TABLE, firstTabulated, searchUpwards, worthTable } from "./inversion";
import { logPoissonMass } from "./mass";
import { uniform } from "./xoshiro";

/** From this mean on the rejection works. */
const REJECTION: f64 = 10;
/** Above, the standard deviation is less than the distance between neighbouring f64. */
const NARROW: f64 = 1e32;

/** Parameter: mean, ≥ 0. */
@unmanaged
export class Poisson {
  mean: f64;
  logMean: f64;
  /** Mass of 0. */
  none: f64;
  width: f64;
  bend: f64;
  sure: f64;
  hat: f64;
  tabulated: bool;

  prepare(mean: f64, _1: f64, _2: f64, run: i32): void {
    this.mean = mean;
    this.logMean = log(mean);
    this.tabulated = worthTable(run, mean);
    if (this.tabulated) {
      const start = firstTabulated(mean, mean);
      const mass = start === 0 ? -mean : logPoissonMass(start, mean, this.logMean);
      TABLE.fill<Poisson>(start, exp(mass), this);
    } else if (mean < REJECTION) {
      this.none = exp(-mean);
    } else {
      this.width = 0.931 + 2.53 * sqrt<f64>(mean);
      this.hat = 1.1239 + 1.1328 / (this.width - 3.4);
      this.bend = 0.02483 * this.width - 0.059;
      this.sure = 0.9277 - 3.6224 / (this.width - 2);
    }
  }

  ratio(k: f64): f64 {
    return this.mean / (k + 1);
  }

  draw(state: usize): f64 {
    if (this.tabulated) return TABLE.draw(state);
    return this.mean < REJECTION ? searchUpwards<Poisson>(state, this.none, this) : this.reject(state);
  }

  private reject(state: usize): f64 {
    if (this.mean > NARROW) return this.mean;
    while (true) {
      const u = uniform(state) - 0.5;
      const v = uniform(state);
      const edge = 0.5 - abs(u);
      const k = floor<f64>(((2 * this.bend) / edge + this.width) * u + this.mean + 0.43);
      if (edge >= 0.07 && v <= this.sure) return k;
      if (k < 0 || (edge < 0.013 && v > edge)) continue;
      const height = (v * this.hat) / (this.bend / (edge * edge) + this.width);
      if (log(height) <= logPoissonMass(k, this.mean, this.logMean)) return k;
    }
  }
}

/** A Poisson draw whose mean is a gamma draw. Parameters shape and rate of the gamma. */
@unmanaged
export class NegativeBinomial {
  rate: f64;

  prepare(shape: f64, rate: f64, _: f64, _run: i32): void {
    this.rate = rate;
    MIXING.prepare(shape);
  }

  draw(state: usize): f64 {
    COUNT.prepare(MIXING.draw(state) / this.rate, 0, 0, 1);
    return COUNT.draw(state);
  }
}

const MIXING = changetype<StandardGamma>(memory.data(offsetof<StandardGamma>(), 16));
const COUNT = changetype<Poisson>(memory.data(offsetof<Poisson>(), 16));

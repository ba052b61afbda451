/**
 * Hypergeometric draws: inversion below mean 10, above it the ratio of uniforms of Stadlober, "The ratio of
 * uniforms approach for generating discrete random variates" (J. Comput. Appl. Math. 31, 1990). Samples above
 * half are drawn by what they leave, and the rarer kind is counted.
 */
import { exp, log } from "../math/scalar";
import { TABLE, firstTabulated, searchUpwards, worthTable } from "./inversion";
import { TABULATED, logFactorial, logHypergeometricMass } from "./mass";
import { openUniform, uniform } from "./xoshiro";

/** From this mean on the rejection works. */
const REJECTION: f64 = 10;
/** 2 √(2/e) and 3 − 2 √(3/e): the width of the hat over the square. */
const SPREAD: f64 = 1.7155277699214135;
const OFFSET: f64 = 0.8989161620588988;

/** Parameters: good ones, bad ones, and the size of the sample, whole numbers ≥ 0. */
@unmanaged
export class Hypergeometric {
  /** The rarer kind, the other, and the smaller of sample and rest. */
  rare: f64;
  common: f64;
  sample: f64;
  /** A draw is offset + sign · k. */
  offset: f64;
  sign: f64;
  mean: f64;
  /** Mass of 0. */
  none: f64;
  width: f64;
  logMode: f64;
  tabulated: bool;

  prepare(good: f64, bad: f64, sample: f64, run: i32): void {
    const total = good + bad;
    const rest = sample > 0.5 * total;
    this.rare = min(good, bad);
    this.common = max(good, bad);
    this.sample = rest ? total - sample : sample;
    // Good ones in the sample, by rare ones in the smaller part.
    const flipped = good > bad;
    this.offset = rest ? (flipped ? sample - bad : good) : flipped ? sample : 0;
    this.sign = rest === flipped ? 1 : -1;
    const share = total > 0 ? this.rare / total : 0;
    this.mean = this.sample * share;
    const variance = total > 1 ? ((total - this.sample) / (total - 1)) * this.mean * (1 - share) : 0;
    this.tabulated = worthTable(run, variance);
    if (this.tabulated) {
      const start = firstTabulated(this.mean, variance);
      TABLE.fill<Hypergeometric>(start, this.mass(start), this);
    } else if (this.mean < REJECTION) {
      this.none = this.mass(0);
    } else {
      this.width = SPREAD * sqrt<f64>(variance + 0.5) + OFFSET;
      this.logMode = this.logMass(floor<f64>(((this.sample + 1) / (total + 2)) * (this.rare + 1)));
    }
  }

  ratio(k: f64): f64 {
    return (((this.rare - k) / (k + 1)) * (this.sample - k)) / (this.common - this.sample + k + 1);
  }

  draw(state: usize): f64 {
    const k = this.tabulated ? TABLE.draw(state) : this.drawAlone(state);
    return this.offset + this.sign * k;
  }

  private drawAlone(state: usize): f64 {
    return this.mean < REJECTION ? searchUpwards<Hypergeometric>(state, this.none, this) : this.reject(state);
  }

  private mass(k: f64): f64 {
    return this.mean === 0 ? 1 : exp(logHypergeometricMass(k, this.rare, this.common, this.sample));
  }

  /** Up to a constant. */
  private logMass(k: f64): f64 {
    if (this.common >= TABULATED) return logHypergeometricMass(k, this.rare, this.common, this.sample);
    const kept = logFactorial(this.rare - k) + logFactorial(this.common - this.sample + k);
    return -logFactorial(k) - logFactorial(this.sample - k) - kept;
  }

  private reject(state: usize): f64 {
    while (true) {
      const u = openUniform(state);
      const k = floor<f64>(this.mean + 0.5 + (this.width * (uniform(state) - 0.5)) / u);
      if (k < 0 || k > this.rare || k > this.sample) continue;
      if (2 * log(u) <= this.logMass(k) - this.logMode) return k;
    }
  }
}

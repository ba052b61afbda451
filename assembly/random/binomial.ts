/**
 * Binomial draws: inversion below mean 10, above it the transformed rejection of Hörmann, "The generation of
 * binomial random variates" (J. Stat. Comput. Simul. 46, 1993). Probabilities above ½ count failures instead.
 */
import { exp, log, log1p } from "../math/scalar";
import { TABLE, firstTabulated, searchUpwards, worthTable } from "./inversion";
import { TABULATED, logBinomialMass, logFactorial } from "./mass";
import { uniform } from "./xoshiro";

/** From this mean on the rejection works. */
const REJECTION: f64 = 10;

/** Parameters: trials, a whole number ≥ 0, and probability of success. */
@unmanaged
export class Binomial {
  trials: f64;
  /** Of the rarer outcome. */
  p: f64;
  odds: f64;
  logOdds: f64;
  mean: f64;
  /** Mass of 0. */
  none: f64;
  width: f64;
  bend: f64;
  sure: f64;
  hat: f64;
  /** What the masses, without their constant factor, are compared with. */
  logMode: f64;
  failures: bool;
  tabulated: bool;

  prepare(trials: f64, probability: f64, _: f64, run: i32): void {
    this.trials = trials;
    this.failures = probability > 0.5;
    const p = this.failures ? 1 - probability : probability;
    const mean = trials * p;
    const variance = mean * (1 - p);
    this.p = p;
    this.odds = p / (1 - p);
    this.mean = mean;
    this.tabulated = worthTable(run, variance);
    if (this.tabulated) {
      const start = firstTabulated(mean, variance);
      TABLE.fill<Binomial>(start, exp(logBinomialMass(start, trials, p)), this);
    } else if (mean < REJECTION) {
      this.none = exp(trials * log1p(-p));
    } else {
      const sd = sqrt<f64>(variance);
      this.logOdds = log(this.odds);
      this.width = 1.15 + 2.53 * sd;
      this.bend = 0.0248 * this.width - 0.0873 + 0.01 * p;
      this.sure = 0.92 - 4.2 / this.width;
      this.hat = (2.83 + 5.1 / this.width) * sd;
      this.logMode = this.logMass(floor<f64>((trials + 1) * p));
    }
  }

  ratio(k: f64): f64 {
    return ((this.trials - k) / (k + 1)) * this.odds;
  }

  draw(state: usize): f64 {
    const k = this.tabulated ? TABLE.draw(state) : this.drawAlone(state);
    return this.failures ? this.trials - k : k;
  }

  private drawAlone(state: usize): f64 {
    return this.mean < REJECTION ? searchUpwards<Binomial>(state, this.none, this) : this.reject(state);
  }

  /** Up to a constant. */
  private logMass(k: f64): f64 {
    if (this.trials >= TABULATED) return logBinomialMass(k, this.trials, this.p);
    return k * this.logOdds - logFactorial(k) - logFactorial(this.trials - k);
  }

  private reject(state: usize): f64 {
    while (true) {
      const u = uniform(state) - 0.5;
      const v = uniform(state);
      const edge = 0.5 - abs(u);
      const k = floor<f64>(((2 * this.bend) / edge + this.width) * u + this.mean + 0.5);
      if (edge >= 0.07 && v <= this.sure) return k;
      if (k < 0 || k > this.trials) continue;
      const height = (v * this.hat) / (this.bend / (edge * edge) + this.width);
      if (log(height) <= this.logMass(k) - this.logMode) return k;
    }
  }
}

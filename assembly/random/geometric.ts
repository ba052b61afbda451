/** Failures before the first success: an exponential draw, cut to whole numbers. */
import { log1p } from "../math/scalar";
import { exponential } from "./exponential";

/** Parameter: probability of success, above 0, at most 1. */
@unmanaged
export class Geometric {
  rate: f64;

  prepare(probability: f64, _1: f64, _2: f64, _run: i32): void {
    this.rate = -log1p(-probability);
  }

  draw(state: usize): f64 {
    return floor<f64>(exponential(state) / this.rate);
  }
}

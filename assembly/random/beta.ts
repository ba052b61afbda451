/** Beta draws by the ratio of two gamma draws, whose factors of small shapes meet as logarithms. */
import { exp, log, log1p } from "../math/scalar";
import { StandardGamma, UNIT } from "./gamma";
import { openUniform } from "./xoshiro";

const LEFT = changetype<StandardGamma>(memory.data(offsetof<StandardGamma>(), 16));
const RIGHT = changetype<StandardGamma>(memory.data(offsetof<StandardGamma>(), 16));
/** Above, log(1 + exp x) is x. */
const LINEAR: f64 = 40;

/** Prepares the ratio (1 − x) / x of beta draws x. */
// @ts-ignore: decorator
@inline
export function prepareOdds(alpha: f64, beta: f64): void {
  LEFT.prepare(alpha);
  RIGHT.prepare(beta);
}

/** (1 − x) / x, which may overflow or underflow but is not NaN. */
// @ts-ignore: decorator
@inline
export function drawOdds(state: usize): f64 {
  const left = LEFT.significand(state);
  const odds = RIGHT.significand(state) / left;
  const difference = LEFT.decay(state) - RIGHT.decay(state);
  return difference === 0 ? odds : odds * exp(difference * UNIT);
}

/** Parameters alpha and beta. */
@unmanaged
export class Beta {
  /** Both ½: the squared cosine of a uniform angle. */
  arcsine: bool;

  prepare(alpha: f64, beta: f64, _: f64, _run: i32): void {
    this.arcsine = alpha === 0.5 && beta === 0.5;
    prepareOdds(alpha, beta);
  }

  draw(state: usize): f64 {
    if (this.arcsine) return squaredCosine(state);
    return 1 / (1 + drawOdds(state));
  }
}

/** Of a uniform angle, by a point in a quarter of the disc. */
function squaredCosine(state: usize): f64 {
  while (true) {
    const x = openUniform(state);
    const y = openUniform(state);
    const square = x * x;
    const radius = square + y * y;
    if (radius <= 1) return square / radius;
  }
}

/** The logarithm of a beta draw. Parameters alpha and beta. */
@unmanaged
export class LogBeta {
  prepare(alpha: f64, beta: f64, _: f64, _run: i32): void {
    prepareOdds(alpha, beta);
  }

  draw(state: usize): f64 {
    const left = LEFT.significand(state);
    const right = RIGHT.significand(state);
    const difference = (LEFT.decay(state) - RIGHT.decay(state)) * UNIT;
    const logOdds = log(right / left) + difference;
    return logOdds > LINEAR ? -logOdds : -log1p(exp(logOdds));
  }
}

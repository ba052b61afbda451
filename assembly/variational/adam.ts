/** Adam (Kingma & Ba 2015): steps of even size along a decaying average of the gradient; here they climb. */

import { vectorEnd } from "../dynamics/space";

export const FIRST_DECAY: f64 = 0.9;
export const SECOND_DECAY: f64 = 0.999;
/** Keeps a coordinate without gradient where it is. */
const LEAST: f64 = 1e-12;

/**
 * Move a vector of parameters along a gradient, scaled by `share`. Parameters are measured in `units` (0: in ones); the
 * moments are those of the gradient in these units. `firstPower` and `secondPower` are the decay rates to the power of
 * the step's number.
 */
export function climb(
  parameters: usize,
  gradient: usize,
  units: usize,
  first: usize,
  second: usize,
  share: f64,
  rate: f64,
  firstPower: f64,
  secondPower: f64,
): void {
  const b1 = f64x2.splat(FIRST_DECAY);
  const c1 = f64x2.splat(1 - FIRST_DECAY);
  const b2 = f64x2.splat(SECOND_DECAY);
  const c2 = f64x2.splat(1 - SECOND_DECAY);
  const correction = f64x2.splat(rate / (1 - firstPower));
  const spread = f64x2.splat(1 / (1 - secondPower));
  const least = f64x2.splat(LEAST);
  const one = f64x2.splat(1);
  const part = f64x2.splat(share);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const unit = units ? v128.load(units + at) : one;
    const g = f64x2.mul(unit, f64x2.mul(part, v128.load(gradient + at)));
    const m = f64x2.add(f64x2.mul(b1, v128.load(first + at)), f64x2.mul(c1, g));
    const v = f64x2.add(f64x2.mul(b2, v128.load(second + at)), f64x2.mul(c2, f64x2.mul(g, g)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    const step = f64x2.div(f64x2.mul(correction, m), f64x2.add(f64x2.sqrt(f64x2.mul(spread, v)), least));
    v128.store(parameters + at, f64x2.add(v128.load(parameters + at), f64x2.mul(unit, step)));
  }
}

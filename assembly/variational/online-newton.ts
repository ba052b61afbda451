/**
 * The step of the improved variational online Newton method (Shen et al. 2024, "Variational learning is effective for
 * large deep networks", IVON): a mean-field Gaussian whose precision is a moving average of curvatures, each estimated
 * from a gradient and the noise that led to it, with a correction that keeps it positive, and momentum for the location.
 */

import { log } from "../math/log";
import { clearPadding, vectorEnd } from "../dynamics/space";
import { FIRST_DECAY } from "./adam";
import { clamp, locationSum, scales, scaleSum } from "./mean-field";
import { Run } from "./run";

/** Most that a step moves a location, in its standard deviations, and the relative change of a precision it starts from. */
const FARTHEST: f64 = 1;
const STEEPEST: f64 = 0.9;

/** Move location and precision; the sums over draws are those of the mean-field family. */
export function updateOnlineNewton(run: Run, kept: i32): void {
  const mu = run.parameters;
  const omega = mu + run.vector;
  const share = f64x2.splat(1 / <f64>kept);
  const rate = f64x2.splat(run.rate);
  const b1 = f64x2.splat(FIRST_DECAY);
  const c1 = f64x2.splat(1 - FIRST_DECAY);
  run.firstDecay *= FIRST_DECAY;
  const correction = f64x2.splat(run.rate / (1 - run.firstDecay));
  const half = f64x2.splat(0.5);
  const one = f64x2.splat(1);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const sigma = v128.load(scales() + at);
    const gradient = f64x2.div(f64x2.mul(share, v128.load(locationSum() + at)), sigma);
    const m = f64x2.add(f64x2.mul(b1, v128.load(run.first + at)), f64x2.mul(c1, gradient));
    v128.store(run.first + at, m);
    const move = clamp(f64x2.mul(f64x2.mul(correction, sigma), m), FARTHEST);
    v128.store(mu + at, f64x2.add(v128.load(mu + at), f64x2.mul(sigma, move)));
    // The precision becomes P (1 − u + u²/2) with u = rate · (1 − curvature/P).
    const u = clamp(f64x2.mul(f64x2.mul(rate, share), v128.load(scaleSum() + at)), STEEPEST);
    const factor = f64x2.add(f64x2.sub(one, u), f64x2.mul(half, f64x2.mul(u, u)));
    v128.store(omega + at, f64x2.sub(v128.load(omega + at), f64x2.mul(half, log(factor))));
  }
  clearPadding(omega);
}

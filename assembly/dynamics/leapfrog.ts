/** The leapfrog (velocity Verlet) integrator in whitened momenta. */

import { dimension } from "../program/target";
import { normal } from "../random/normal";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "./evaluation";
import { DENSE, multiplyRoot, whiten } from "./metric";
import { Point } from "./point";
import { clearPadding, vectorEnd } from "./space";

/** Sum of both lanes. */
// @ts-ignore: decorator
@inline
function lanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/**
 * One step of size `step` (backward in time if negative) from one point to another. The new energy is not a
 * number, or infinite, where log density or gradient are.
 */
export function leapfrog(metric: i32, root: usize, from: Point, to: Point, step: f64): void {
  const half = f64x2.splat(0.5 * step);
  const position = to.position;
  const evaluated = evaluationPosition();
  const gradient = evaluationGradient();
  const momentum = to.momentum;
  const force = to.force;
  const whole = f64x2.splat(step);
  const position0 = from.position;
  const momentum0 = from.momentum;
  const force0 = from.force;
  const diagonal = metric < DENSE;

  if (!diagonal) {
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      const kick = f64x2.mul(half, v128.load(force0 + at));
      v128.store(momentum + at, f64x2.add(v128.load(momentum0 + at), kick));
    }
    multiplyRoot(metric, root, momentum, position);
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      const x = f64x2.add(v128.load(position0 + at), f64x2.mul(whole, v128.load(position + at)));
      v128.store(position + at, x);
      v128.store(evaluated + at, x);
    }
  } else {
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
      const p = f64x2.add(v128.load(momentum0 + at), f64x2.mul(half, v128.load(force0 + at)));
      const r = f64x2.add(v128.load(momentum0 + at, 16), f64x2.mul(half, v128.load(force0 + at, 16)));
      const v = f64x2.mul(v128.load(root + at), p);
      const w = f64x2.mul(v128.load(root + at, 16), r);
      v128.store(momentum + at, p);
      v128.store(momentum + at, r, 16);
      const x = f64x2.add(v128.load(position0 + at), f64x2.mul(whole, v));
      const y = f64x2.add(v128.load(position0 + at, 16), f64x2.mul(whole, w));
      v128.store(position + at, x);
      v128.store(position + at, y, 16);
      v128.store(evaluated + at, x);
      v128.store(evaluated + at, y, 16);
    }
  }

  const logDensity = evaluateDensity();

  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  if (!diagonal) {
    whiten(metric, root, gradient, force);
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      const p = f64x2.add(v128.load(momentum + at), f64x2.mul(half, v128.load(force + at)));
      v128.store(momentum + at, p);
      even = f64x2.add(even, f64x2.mul(p, p));
    }
  } else {
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
      const f = f64x2.mul(v128.load(root + at), v128.load(gradient + at));
      const g = f64x2.mul(v128.load(root + at, 16), v128.load(gradient + at, 16));
      const p = f64x2.add(v128.load(momentum + at), f64x2.mul(half, f));
      const r = f64x2.add(v128.load(momentum + at, 16), f64x2.mul(half, g));
      v128.store(force + at, f);
      v128.store(force + at, g, 16);
      v128.store(momentum + at, p);
      v128.store(momentum + at, r, 16);
      even = f64x2.add(even, f64x2.mul(p, p));
      odd = f64x2.add(odd, f64x2.mul(r, r));
    }
  }
  to.logDensity = logDensity;
  to.energy = 0.5 * lanes(f64x2.add(even, odd)) - logDensity;
}

/** Draw fresh whitened momenta and bring the point's energy up to date. */
export function refreshMomentum(point: Point, random: usize): void {
  const momentum = point.momentum;
  const count = <usize>dimension();
  let kinetic: f64 = 0;
  for (let i: usize = 0; i < count; ++i) {
    const p = normal(random);
    store<f64>(momentum + (i << 3), p);
    kinetic += p * p;
  }
  clearPadding(momentum);
  point.energy = 0.5 * kinetic - point.logDensity;
}

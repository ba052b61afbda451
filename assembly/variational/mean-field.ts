/**
 * Independent Gaussians: location μ and log scale ω of each unknown, moved along the natural gradient, so that a step is
 * measured in standard deviations whatever the units (Khan & Nielsen 2018).
 */

import { exp } from "../math/exp";
import { normal } from "../random/normal";
import { dimension } from "../program/target";
import { clearPadding, vectorBytes, vectorEnd } from "../dynamics/space";
import { HALF_LOG_TAU } from "./constants";
import { Run } from "./run";
import { scratch } from "./scratch";

/** Most that a step moves a location, in its standard deviations, and a log scale. */
const FARTHEST: f64 = 1;
const WIDEST: f64 = 0.5;
/** What log scales lose when no draw has a finite density. */
const RETREAT: f64 = 0.25;

/** Vectors of scratch: the scales, the noise of the last draw, and sums over the draws of a step. */
// @ts-ignore: decorator
@inline
export function scales(): usize {
  return scratch();
}
// @ts-ignore: decorator
@inline
function noise(): usize {
  return scratch() + vectorBytes();
}
// @ts-ignore: decorator
@inline
export function locationSum(): usize {
  return scratch() + 2 * vectorBytes();
}
// @ts-ignore: decorator
@inline
export function scaleSum(): usize {
  return scratch() + 3 * vectorBytes();
}

export const MEAN_FIELD_SCRATCH: usize = 4;

let logScales: f64 = 0;

/** σ = e^ω, and what all draws' log densities share. */
export function prepareMeanField(run: Run, parameters: usize): void {
  const omega = parameters + run.vector;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) v128.store(scales() + at, exp(v128.load(omega + at)));
  logScales = 0;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) logScales += load<f64>(omega + (i << 3));
}

/** Standard deviation of an unknown, once prepared. */
export function meanFieldSd(i: usize): f64 {
  return load<f64>(scales() + (i << 3));
}

export function clearMeanField(): void {
  memory.fill(locationSum(), 0, 2 * vectorBytes());
}

/** A draw; returns its log density under the approximation. */
export function placeMeanField(run: Run, parameters: usize, random: usize, position: usize): f64 {
  const e = noise();
  let squares: f64 = 0;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    const z = normal(random);
    store<f64>(e + (i << 3), z);
    squares += z * z;
  }
  clearPadding(e);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const step = f64x2.mul(v128.load(scales() + at), v128.load(e + at));
    v128.store(position + at, f64x2.add(v128.load(parameters + at), step));
  }
  return -0.5 * squares - logScales - <f64>dimension() * HALF_LOG_TAU;
}

/** Add the gradient at the last draw. */
export function accumulateMeanField(run: Run, gradient: usize): void {
  const landing = f64x2.splat(run.landing);
  const rest = f64x2.splat(1 - run.landing);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const e = v128.load(noise() + at);
    const h = f64x2.add(f64x2.mul(v128.load(scales() + at), v128.load(gradient + at)), f64x2.mul(landing, e));
    v128.store(locationSum() + at, f64x2.add(v128.load(locationSum() + at), h));
    v128.store(scaleSum() + at, f64x2.add(v128.load(scaleSum() + at), f64x2.add(f64x2.mul(h, e), rest)));
  }
}

/** A step along the natural gradient, averaged over `kept` draws; no coordinate goes farther than its bound. */
export function updateMeanField(run: Run, kept: i32): void {
  const mu = run.parameters;
  const omega = mu + run.vector;
  const byLocation = f64x2.splat(run.rate / <f64>kept);
  const byScale = f64x2.splat((0.5 * run.rate) / <f64>kept);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const move = clamp(f64x2.mul(byLocation, v128.load(locationSum() + at)), FARTHEST);
    v128.store(mu + at, f64x2.add(v128.load(mu + at), f64x2.mul(v128.load(scales() + at), move)));
    const grow = clamp(f64x2.mul(byScale, v128.load(scaleSum() + at)), WIDEST);
    v128.store(omega + at, f64x2.add(v128.load(omega + at), grow));
  }
  clearPadding(omega);
}

// @ts-ignore: decorator
@inline
export function clamp(x: v128, bound: f64): v128 {
  return f64x2.pmax(f64x2.pmin(x, f64x2.splat(bound)), f64x2.splat(-bound));
}

/** Narrow an approximation whose draws all fell where the density is not finite. */
export function contractMeanField(run: Run): void {
  const omega = run.parameters + run.vector;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    store<f64>(omega + (i << 3), load<f64>(omega + (i << 3)) - RETREAT);
  }
}

/** Log density of the approximation at a position, once prepared. */
export function logMeanField(run: Run, parameters: usize, position: usize): f64 {
  let squares: f64 = 0;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const z = (load<f64>(position + at) - load<f64>(parameters + at)) / load<f64>(scales() + at);
    squares += z * z;
  }
  return -0.5 * squares - logScales - <f64>dimension() * HALF_LOG_TAU;
}

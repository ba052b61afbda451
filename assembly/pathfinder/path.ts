/**
 * Pathfinder (Zhang, Carpenter, Gelman & Vehtari 2022, JMLR 23(306)): along the way of an optimiser, the Gaussian of the
 * points' inverse Hessians whose evidence lower bound is highest.
 */

import { exp, log } from "../math/scalar";
import { normal } from "../random/normal";
import { allocate } from "../memory";
import { dimension } from "../program/target";
import { seed, STATE_BYTES } from "../random/xoshiro";
import { evaluateDensity, evaluationPosition } from "../dynamics/evaluation";
import { clearPadding, vectorBytes, vectorEnd } from "../dynamics/space";
import { addScaled, dot } from "../dynamics/vector";
import { createCurvature, createNormal, Curvature, learn, Normal, normalAt, normalBytes } from "./inverse-hessian";

const HALF_LOG_TAU: f64 = 0.9189385332046728;

@unmanaged
export class Path {
  random: usize;
  curvature: Curvature;
  /** Of the latest point, and of the best one. */
  latest: Normal;
  best: Normal;
  /** Draws by which a point's bound is estimated. */
  draws: i32;
  points: i32;
  bestPoint: i32;
  bestBound: f64;
  evaluations: f64;
  /** The point before, and where the next is to be written: position, then gradient. */
  before: usize;
  point: usize;
  step: usize;
  change: usize;
  noise: usize;
}

/** A path without points: `history` pairs are remembered, bounds estimated by `draws` draws of stream `stream`. */
export function createPath(history: i32, draws: i32, key: u64, stream: u32): Path {
  const path = changetype<Path>(allocate(offsetof<Path>()));
  const bytes = vectorBytes();
  path.random = allocate(STATE_BYTES);
  seed(path.random, key, stream);
  path.curvature = createCurvature(history);
  path.latest = createNormal(2 * history);
  path.best = createNormal(2 * history);
  path.draws = draws;
  path.before = allocate(2 * bytes);
  path.point = allocate(2 * bytes);
  path.step = allocate(bytes);
  path.change = allocate(bytes);
  path.noise = allocate(bytes);
  path.bestPoint = -1;
  path.bestBound = -Infinity;
  return path;
}

/** Where the next point's position is to be written; its gradient belongs one vector on. */
export function pathPoint(path: Path): usize {
  return path.point;
}

export function pathVectorBytes(): usize {
  return vectorBytes();
}

/** Take in the point that was written; returns its bound, −∞ where its Gaussian is unusable. */
export function extendPath(path: Path): f64 {
  const bytes = vectorBytes();
  const x = path.point;
  const g = x + bytes;
  clearPadding(x);
  clearPadding(g);
  if (path.points > 0) {
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      v128.store(path.step + at, f64x2.sub(v128.load(x + at), v128.load(path.before + at)));
      v128.store(path.change + at, f64x2.sub(v128.load(path.before + bytes + at), v128.load(g + at)));
    }
    learn(path.curvature, path.step, path.change);
  }
  memory.copy(path.before, x, 2 * bytes);
  const number = path.points++;
  const bound = normalAt(path.curvature, x, g, path.latest) ? estimate(path) : -Infinity;
  if (bound > path.bestBound) {
    path.bestBound = bound;
    path.bestPoint = number;
    memory.copy(changetype<usize>(path.best), changetype<usize>(path.latest), normalBytes(path.best.columns));
  }
  return bound;
}

/** Mean of log density − log approximation over draws of the latest Gaussian. */
function estimate(path: Path): f64 {
  let sum: f64 = 0;
  for (let draw = 0; draw < path.draws; ++draw) {
    const logApproximation = drawFrom(path.latest, path.random, path.noise, evaluationPosition());
    sum += evaluateDensity() - logApproximation;
  }
  path.evaluations += <f64>path.draws;
  return isFinite(sum) ? sum / <f64>path.draws : -Infinity;
}

/** Write a draw μ + D (u + Q (C − I) Qᵀ u); returns its log density. */
function drawFrom(gaussian: Normal, random: usize, noise: usize, position: usize): f64 {
  let squares: f64 = 0;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const z = normal(random);
    store<f64>(noise + at, z);
    squares += z * z;
  }
  clearPadding(noise);
  memory.copy(position, noise, vectorBytes());
  const row = gaussian.row;
  for (let j = 0; j < gaussian.rank; ++j) {
    const share = dot(gaussian.basis(j), noise);
    for (let i = j; i < gaussian.rank; ++i) {
      const entry = load<f64>(gaussian.factor + <usize>i * row + (<usize>j << 3)) - (i == j ? 1 : 0);
      addScaled(position, entry * share, gaussian.basis(i), position);
    }
  }
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const move = f64x2.mul(v128.load(gaussian.scales + at), v128.load(position + at));
    v128.store(position + at, f64x2.add(v128.load(gaussian.location + at), move));
  }
  return -0.5 * (squares + gaussian.logDeterminant) - <f64>dimension() * HALF_LOG_TAU;
}

/** `count` draws of the best Gaussian, without padding. */
export function pathDraws(path: Path, count: i32, positions: usize): void {
  const bytes = <usize>dimension() << 3;
  for (let draw = 0; draw < count; ++draw, positions += bytes) {
    drawFrom(path.best, path.random, path.noise, evaluationPosition());
    memory.copy(positions, evaluationPosition(), bytes);
  }
}

/** Log density of the best Gaussian at a position without padding: ‖u‖² = ‖z‖² − ‖Qᵀz‖² + ‖C⁻¹Qᵀz‖², z = D⁻¹(x − μ). */
function logDensityAt(path: Path, position: usize): f64 {
  const best = path.best;
  const z = path.noise;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(z + at, (load<f64>(position + at) - load<f64>(best.location + at)) / load<f64>(best.scales + at));
  }
  clearPadding(z);
  let squares = dot(z, z);
  const solved = path.curvature.coefficients;
  for (let i = 0; i < best.rank; ++i) {
    const share = dot(best.basis(i), z);
    let rest = share;
    const row = best.factor + <usize>i * best.row;
    for (let j: usize = 0; j < <usize>i; ++j) rest -= load<f64>(row + (j << 3)) * load<f64>(solved + (j << 3));
    rest /= load<f64>(row + (<usize>i << 3));
    store<f64>(solved + (<usize>i << 3), rest);
    squares += rest * rest - share * share;
  }
  return -0.5 * (squares + best.logDeterminant) - <f64>dimension() * HALF_LOG_TAU;
}

/** Log density of the even mixture of `count` paths (pointers, u32) at each of `draws` positions without padding. */
export function mixtureLogDensities(paths: usize, count: i32, positions: usize, draws: i32, results: usize): void {
  const bytes = <usize>dimension() << 3;
  for (let draw = 0; draw < draws; ++draw, positions += bytes, results += 8) {
    let largest: f64 = -Infinity;
    let sum: f64 = 0;
    for (let i: usize = 0; i < <usize>count; ++i) {
      const value = logDensityAt(load<Path>(paths + (i << 2)), positions);
      if (value > largest) {
        sum = sum * exp(largest - value) + 1;
        largest = value;
      } else {
        sum += exp(value - largest);
      }
    }
    store<f64>(results, largest + log(sum / <f64>count));
  }
}

/** Bytes of what `savePath` writes. */
export function pathBytes(path: Path): usize {
  return STATE_BYTES + normalBytes(path.best.columns);
}

/** Write the generator and the best Gaussian, all that draws and densities need; nothing of it is an address. */
export function savePath(path: Path, to: usize): void {
  memory.copy(to, path.random, STATE_BYTES);
  memory.copy(to + STATE_BYTES, changetype<usize>(path.best), normalBytes(path.best.columns));
}

/** Make a new path of the same history one that has been saved. */
export function loadPath(path: Path, from: usize): void {
  memory.copy(path.random, from, STATE_BYTES);
  memory.copy(changetype<usize>(path.best), from + STATE_BYTES, normalBytes(path.best.columns));
}

/** Location and marginal standard deviations of the best Gaussian, without padding. */
export function pathMoments(path: Path, location: usize, deviations: usize): void {
  const best = path.best;
  const row = best.row;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    const at = i << 3;
    store<f64>(location + at, load<f64>(best.location + at));
    // (I + Q (C Cᵀ − I) Qᵀ)ᵢᵢ = 1 − ‖qᵢ‖² + ‖Cᵀ qᵢ‖², qᵢ the i-th row of Q.
    let variance: f64 = 1;
    for (let k = 0; k < best.rank; ++k) {
      const q = load<f64>(best.basis(k) + at);
      let image: f64 = 0;
      for (let l = k; l < best.rank; ++l) image += load<f64>(best.factor + <usize>l * row + (<usize>k << 3)) * load<f64>(best.basis(l) + at);
      variance += image * image - q * q;
    }
    store<f64>(deviations + at, load<f64>(best.scales + at) * sqrt<f64>(max<f64>(variance, 1e-12)));
  }
}

export function pathBest(path: Path): i32 {
  return path.bestPoint;
}

export function pathBound(path: Path): f64 {
  return path.bestBound;
}

export function pathEvaluations(path: Path): f64 {
  return path.evaluations;
}

/**
 * A Gaussian with any covariance, as location μ and Cholesky factor L, moved along the natural gradient in the
 * coordinates in which it is standard: δμ = L·h̄ and δL = L·tril(h εᵀ) with half its diagonal, so that neither units nor
 * correlations slow it down (Lin, Nielsen, Khan & Schmidt 2021, "Tractable structured natural-gradient descent").
 */

import { normal } from "../random/normal";
import { log } from "../math/scalar";
import { dimension } from "../program/target";
import { multiplyLower, multiplyLowerTransposed } from "../linalg/triangular";
import { clearPadding, vectorBytes, vectorEnd } from "../dynamics/space";
import { HALF_LOG_TAU } from "./constants";
import { clamp } from "./mean-field";
import { Run } from "./run";
import { scratch } from "./scratch";

/** Most that a step moves the location along each standardised axis, and the norm of most that it changes L by, relatively. */
const FARTHEST: f64 = 1;
const WIDEST: f64 = 0.5;
/** What the factor is multiplied by when no draw has a finite density. */
const RETREAT: f64 = 0.75;

let logDeterminant: f64 = 0;
/** Where the noise of the last draw lies, and how many draws have been accumulated. */
let current: usize = 0;
let kept: i32 = 0;

/** Noise and whitened gradient of the draws of a step. */
// @ts-ignore: decorator
@inline
function noise(draw: i32): usize {
  return scratch() + 2 * <usize>draw * vectorBytes();
}
// @ts-ignore: decorator
@inline
function force(draw: i32): usize {
  return noise(draw) + vectorBytes();
}

/** Vectors of scratch: two for each draw, and two more. */
export function fullRankScratch(draws: i32): usize {
  return 2 * <usize>draws + 2;
}

export function prepareFullRank(run: Run, parameters: usize): void {
  logDeterminant = 0;
  let at = parameters + run.vector;
  for (let i = 0; i < dimension(); ++i, at += run.vector + 8) logDeterminant += log(load<f64>(at));
}

export function clearFullRank(): void {
  kept = 0;
}

/** A draw; returns its log density under the approximation. */
export function placeFullRank(run: Run, parameters: usize, random: usize, position: usize): f64 {
  current = noise(kept);
  let squares: f64 = 0;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i) {
    const z = normal(random);
    store<f64>(current + (i << 3), z);
    squares += z * z;
  }
  clearPadding(current);
  multiplyLower(parameters + run.vector, run.vector, dimension(), current, position);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(position + at, f64x2.add(v128.load(position + at), v128.load(parameters + at)));
  }
  return -0.5 * squares - logDeterminant - <f64>dimension() * HALF_LOG_TAU;
}

/** Keep the whitened gradient at the last draw, h = Lᵀg + ε, beside its noise. */
export function accumulateFullRank(run: Run, gradient: usize): void {
  const h = force(kept++);
  multiplyLowerTransposed(run.parameters + run.vector, run.vector, dimension(), gradient, h);
  const landing = f64x2.splat(run.landing);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(h + at, f64x2.add(v128.load(h + at), f64x2.mul(landing, v128.load(current + at))));
  }
}

/** A step along the natural gradient, averaged over the draws; shortened where it would change L by more than half. */
export function updateFullRank(run: Run): void {
  const mu = run.parameters;
  const lower = mu + run.vector;
  const share = 1 / <f64>kept;
  const move = noise(run.draws);
  const row = move + vectorBytes();

  memory.fill(move, 0, vectorBytes());
  for (let s = 0; s < kept; ++s) {
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      v128.store(move + at, f64x2.add(v128.load(move + at), v128.load(force(s) + at)));
    }
  }
  const scale = f64x2.splat(run.rate * share);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(move + at, clamp(f64x2.mul(scale, v128.load(move + at)), FARTHEST));
  }
  multiplyLower(lower, run.vector, dimension(), move, row);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(mu + at, f64x2.add(v128.load(mu + at), v128.load(row + at)));
  }

  const closed = 0.5 * (1 - run.landing);
  const norm = run.rate * (share * sqrt<f64>(squaredNorm()) + closed * sqrt<f64>(<f64>dimension()));
  const rate = norm > WIDEST ? (run.rate * WIDEST) / norm : run.rate;
  for (let k = 0; k < dimension(); ++k) growRow(lower + <usize>k * run.vector, k, rate * share, 1 + rate * closed, row);
}

/** ‖Σ tril(h εᵀ)‖² with half the diagonal, without forming the matrix. */
function squaredNorm(): f64 {
  let total: f64 = 0;
  for (let s = 0; s < kept; ++s) {
    for (let t = 0; t <= s; ++t) {
      let before: f64 = 0;
      let sum: f64 = 0;
      for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
        const e = load<f64>(noise(s) + at) * load<f64>(noise(t) + at);
        sum += load<f64>(force(s) + at) * load<f64>(force(t) + at) * (before + 0.25 * e);
        before += e;
      }
      total += s == t ? sum : 2 * sum;
    }
  }
  return total > 0 ? total : 0;
}

/** Row k of L·(c·I + r·Σ tril(h εᵀ)): entry j gets ε_j times the sum of L_ki h_i over i from j to k, i = j counting half. */
function growRow(entries: usize, k: i32, r: f64, c: f64, row: usize): void {
  const last = <usize>k << 3;
  for (let at: usize = 0; at <= last; at += 8) store<f64>(row + at, c * load<f64>(entries + at));
  for (let s = 0; s < kept; ++s) {
    const e = noise(s);
    const h = force(s);
    let sum: f64 = 0;
    for (let at = last + 8; at > 0; ) {
      at -= 8;
      const term = load<f64>(entries + at) * load<f64>(h + at);
      sum += term;
      store<f64>(row + at, load<f64>(row + at) + r * load<f64>(e + at) * (sum - 0.5 * term));
    }
  }
  memory.copy(entries, row, last + 8);
}

/** Narrow an approximation whose draws all fell where the density is not finite. */
export function contractFullRank(run: Run): void {
  const retreat = f64x2.splat(RETREAT);
  const lower = run.parameters + run.vector;
  for (let at = lower, end = lower + <usize>dimension() * run.vector; at < end; at += 16) {
    v128.store(at, f64x2.mul(retreat, v128.load(at)));
  }
}

/** Log density of the approximation at a position, once prepared: z = L⁻¹(θ − μ) by forward substitution. */
export function logFullRank(run: Run, parameters: usize, position: usize): f64 {
  const z = noise(0);
  let squares: f64 = 0;
  let row = parameters + run.vector;
  for (let i: usize = 0, count = <usize>dimension(); i < count; ++i, row += run.vector) {
    let rest = load<f64>(position + (i << 3)) - load<f64>(parameters + (i << 3));
    for (let at: usize = 0, end = i << 3; at < end; at += 8) rest -= load<f64>(row + at) * load<f64>(z + at);
    rest /= load<f64>(row + (i << 3));
    store<f64>(z + (i << 3), rest);
    squares += rest * rest;
  }
  return -0.5 * squares - logDeterminant - <f64>dimension() * HALF_LOG_TAU;
}

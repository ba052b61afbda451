/**
 * A Gaussian with covariance D² + BBᵀ: location μ, log scales ω of the diagonal D, and few columns B (Ong, Nott & Smith
 * 2018), climbed by Adam with each coordinate measured in its marginal standard deviation.
 */

import { exp } from "../math/exp";
import { log } from "../math/scalar";
import { normal } from "../random/normal";
import { dimension } from "../program/target";
import { cholesky } from "../linalg/cholesky";
import { clearPadding, vectorBytes, vectorEnd } from "../dynamics/space";
import { allocate } from "../memory";
import { climb, FIRST_DECAY, SECOND_DECAY } from "./adam";
import { HALF_LOG_TAU } from "./constants";
import { Run } from "./run";
import { scratch } from "./scratch";

/** Size of the first columns, in units of the diagonal. */
const FIRST_COLUMN: f64 = 0.3;
const RETREAT: f64 = 0.25;

/** Vectors of scratch beside one for each column's gradient. */
const VECTORS: usize = 7;

export function lowRankScratch(rank: i32): usize {
  return VECTORS + <usize>rank;
}

// @ts-ignore: decorator
@inline
function vector(number: usize): usize {
  return scratch() + number * vectorBytes();
}
/** D. */
// @ts-ignore: decorator
@inline
function scales(): usize {
  return vector(0);
}
/** Marginal standard deviations. */
// @ts-ignore: decorator
@inline
function units(): usize {
  return vector(1);
}
/** Noise of the last draw along the axes. */
// @ts-ignore: decorator
@inline
function noise(): usize {
  return vector(2);
}
/** The last draw's distance x from μ, then Σ⁻¹x. */
// @ts-ignore: decorator
@inline
function distance(): usize {
  return vector(3);
}
/** Sums over the draws of a step. */
// @ts-ignore: decorator
@inline
function locationSum(): usize {
  return vector(4);
}
// @ts-ignore: decorator
@inline
function scaleSum(): usize {
  return vector(5);
}
// @ts-ignore: decorator
@inline
function force(): usize {
  return vector(6);
}
// @ts-ignore: decorator
@inline
function columnSum(k: i32): usize {
  return vector(VECTORS + <usize>k);
}

/** I + BᵀD⁻²B, its Cholesky factor, the columns' noise of the last draw, and BᵀD⁻²x on its way to M⁻¹BᵀD⁻²x. */
let inner: usize = 0;
let factor: usize = 0;
let columnNoise: usize = 0;
let projection: usize = 0;
/** Two rows of B on their way to M⁻¹bᵢ, lane by lane. */
let pairs: usize = 0;
let innerRow: usize = 0;
let logDeterminant: f64 = 0;

// @ts-ignore: decorator
@inline
function column(run: Run, parameters: usize, k: i32): usize {
  return parameters + <usize>(2 + k) * run.vector;
}

/** Columns to start from: without noise among them, all would stay zero. */
export function beginColumns(run: Run): void {
  const omega = run.parameters + run.vector;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) v128.store(scales() + at, exp(v128.load(omega + at)));
  for (let k = 0; k < run.rank; ++k) {
    const b = column(run, run.parameters, k);
    for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
      store<f64>(b + at, FIRST_COLUMN * load<f64>(scales() + at) * normal(run.random));
    }
  }
}

export function prepareLowRank(run: Run, parameters: usize): void {
  const rank = <usize>run.rank;
  if (!inner) {
    innerRow = ((rank + 3) & ~3) << 3;
    inner = allocate(rank * innerRow);
    factor = allocate(rank * innerRow);
    columnNoise = allocate(innerRow);
    projection = allocate(innerRow);
    pairs = allocate(rank << 4);
  }
  const omega = parameters + run.vector;
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const scale = exp(v128.load(omega + at));
    v128.store(scales() + at, scale);
    let variance = f64x2.mul(scale, scale);
    for (let k = 0; k < run.rank; ++k) {
      const b = v128.load(column(run, parameters, k) + at);
      variance = f64x2.add(variance, f64x2.mul(b, b));
    }
    v128.store(units() + at, f64x2.sqrt(variance));
  }
  logDeterminant = 0;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) logDeterminant += load<f64>(omega + at);
  for (let k = 0; k < run.rank; ++k) {
    for (let l = 0; l <= k; ++l) {
      const product = scaledProduct(column(run, parameters, k), column(run, parameters, l));
      store<f64>(inner + <usize>k * innerRow + (<usize>l << 3), product + (k == l ? 1 : 0));
    }
  }
  cholesky(inner, innerRow, run.rank, factor);
  for (let k: usize = 0; k < rank; ++k) logDeterminant += log(load<f64>(factor + k * innerRow + (k << 3)));
}

/** aᵀD⁻²b. */
function scaledProduct(a: usize, b: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const scale = v128.load(scales() + at);
    const product = f64x2.mul(v128.load(a + at), v128.load(b + at));
    sum = f64x2.add(sum, f64x2.div(product, f64x2.mul(scale, scale)));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Standard deviation of an unknown, once prepared. */
export function lowRankSd(i: usize): f64 {
  return load<f64>(units() + (i << 3));
}

export function clearLowRank(run: Run): void {
  memory.fill(locationSum(), 0, 2 * vectorBytes());
  memory.fill(columnSum(0), 0, <usize>run.rank * vectorBytes());
}

/** A draw; returns its log density under the approximation, and leaves Σ⁻¹(θ − μ) for the gradient. */
export function placeLowRank(run: Run, parameters: usize, random: usize, position: usize): f64 {
  const x = distance();
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) store<f64>(noise() + at, normal(random));
  clearPadding(noise());
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(x + at, f64x2.mul(v128.load(scales() + at), v128.load(noise() + at)));
  }
  for (let k = 0; k < run.rank; ++k) {
    const z = normal(random);
    store<f64>(columnNoise + (<usize>k << 3), z);
    const b = column(run, parameters, k);
    const amount = f64x2.splat(z);
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      v128.store(x + at, f64x2.add(v128.load(x + at), f64x2.mul(amount, v128.load(b + at))));
    }
  }
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(position + at, f64x2.add(v128.load(parameters + at), v128.load(x + at)));
  }
  const squares = scaledProduct(x, x) - solve(run, parameters, x);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    let rest = v128.load(x + at);
    for (let k = 0; k < run.rank; ++k) {
      const share = v128.load64_splat(projection + (<usize>k << 3));
      rest = f64x2.sub(rest, f64x2.mul(share, v128.load(column(run, parameters, k) + at)));
    }
    const scale = v128.load(scales() + at);
    v128.store(x + at, f64x2.div(rest, f64x2.mul(scale, scale)));
  }
  return -0.5 * squares - logDeterminant - <f64>dimension() * HALF_LOG_TAU;
}

/** Log density of the approximation at a position, once prepared. */
export function logLowRank(run: Run, parameters: usize, position: usize): f64 {
  const x = distance();
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(x + at, load<f64>(position + at) - load<f64>(parameters + at));
  }
  clearPadding(x);
  const squares = scaledProduct(x, x) - solve(run, parameters, x);
  return -0.5 * squares - logDeterminant - <f64>dimension() * HALF_LOG_TAU;
}

/** projection = M⁻¹BᵀD⁻²x by two triangular solutions; returns ‖C⁻¹BᵀD⁻²x‖², C the factor of M. */
function solve(run: Run, parameters: usize, x: usize): f64 {
  const rank = <usize>run.rank;
  let squares: f64 = 0;
  for (let k: usize = 0; k < rank; ++k) {
    let rest = scaledProduct(column(run, parameters, <i32>k), x);
    const row = factor + k * innerRow;
    for (let l: usize = 0; l < k; ++l) rest -= load<f64>(row + (l << 3)) * load<f64>(projection + (l << 3));
    rest /= load<f64>(row + (k << 3));
    store<f64>(projection + (k << 3), rest);
    squares += rest * rest;
  }
  for (let k = rank; k > 0; ) {
    k -= 1;
    let rest = load<f64>(projection + (k << 3));
    for (let l = k + 1; l < rank; ++l) rest -= load<f64>(factor + l * innerRow + (k << 3)) * load<f64>(projection + (l << 3));
    store<f64>(projection + (k << 3), rest / load<f64>(factor + k * innerRow + (k << 3)));
  }
  return squares;
}

/** Add the gradient at the last draw. */
export function accumulateLowRank(run: Run, gradient: usize): void {
  const landing = f64x2.splat(run.landing);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const h = f64x2.add(v128.load(gradient + at), f64x2.mul(landing, v128.load(distance() + at)));
    v128.store(force() + at, h);
    v128.store(locationSum() + at, f64x2.add(v128.load(locationSum() + at), h));
    const slope = f64x2.mul(h, f64x2.mul(v128.load(scales() + at), v128.load(noise() + at)));
    v128.store(scaleSum() + at, f64x2.add(v128.load(scaleSum() + at), slope));
  }
  for (let k = 0; k < run.rank; ++k) {
    const z = v128.load64_splat(columnNoise + (<usize>k << 3));
    const sum = columnSum(k);
    for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
      v128.store(sum + at, f64x2.add(v128.load(sum + at), f64x2.mul(z, v128.load(force() + at))));
    }
  }
}

/**
 * Add `share` times the gradient of the entropy ½ log |Σ|: D²·diag(Σ⁻¹) = 1 − bᵢᵀM⁻¹bᵢ/Dᵢ² along ω and
 * Σ⁻¹B = D⁻²BM⁻¹ along B, two rows bᵢ of B at a time.
 */
function addEntropy(run: Run, share: f64): void {
  const rank = <usize>run.rank;
  const weight = f64x2.splat(share);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    const scale = v128.load(scales() + at);
    const precision = f64x2.div(weight, f64x2.mul(scale, scale));
    let squares = f64x2.splat(0);
    for (let k: usize = 0; k < rank; ++k) {
      let rest = v128.load(column(run, run.parameters, <i32>k) + at);
      const row = factor + k * innerRow;
      for (let l: usize = 0; l < k; ++l) {
        rest = f64x2.sub(rest, f64x2.mul(v128.load64_splat(row + (l << 3)), v128.load(pairs + (l << 4))));
      }
      rest = f64x2.div(rest, v128.load64_splat(row + (k << 3)));
      v128.store(pairs + (k << 4), rest);
      squares = f64x2.add(squares, f64x2.mul(rest, rest));
    }
    const slope = f64x2.sub(weight, f64x2.mul(precision, squares));
    v128.store(scaleSum() + at, f64x2.add(v128.load(scaleSum() + at), slope));
    for (let k = rank; k > 0; ) {
      k -= 1;
      let rest = v128.load(pairs + (k << 4));
      for (let l = k + 1; l < rank; ++l) {
        const entry = v128.load64_splat(factor + l * innerRow + (k << 3));
        rest = f64x2.sub(rest, f64x2.mul(entry, v128.load(pairs + (l << 4))));
      }
      rest = f64x2.div(rest, v128.load64_splat(factor + k * innerRow + (k << 3)));
      v128.store(pairs + (k << 4), rest);
      const sum = columnSum(<i32>k) + at;
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(precision, rest)));
    }
  }
  clearPadding(scaleSum());
}

export function updateLowRank(run: Run, kept: i32): void {
  if (run.landing == 0) addEntropy(run, <f64>kept);
  run.firstDecay *= FIRST_DECAY;
  run.secondDecay *= SECOND_DECAY;
  climbVector(run, 0, locationSum(), units(), kept);
  climbVector(run, 1, scaleSum(), 0, kept);
  for (let k = 0; k < run.rank; ++k) climbVector(run, 2 + k, columnSum(k), units(), kept);
}

function climbVector(run: Run, number: i32, gradient: usize, measure: usize, kept: i32): void {
  const at = <usize>number * run.vector;
  const share = 1 / <f64>kept;
  climb(run.parameters + at, gradient, measure, run.first + at, run.second + at, share, run.rate, run.firstDecay, run.secondDecay);
}

/** Narrow an approximation whose draws all fell where the density is not finite. */
export function contractLowRank(run: Run): void {
  const omega = run.parameters + run.vector;
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(omega + at, load<f64>(omega + at) - RETREAT);
  }
  const smaller = f64x2.splat(0.75);
  for (let at = omega + run.vector, end = run.parameters + run.blockBytes; at < end; at += 16) {
    v128.store(at, f64x2.mul(smaller, v128.load(at)));
  }
}

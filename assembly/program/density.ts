/**
 * Sums of log densities over all elements, with all partial derivatives in the same pass.
 * [header, n, vectors, a, b, c, value, ∂a, ∂b, ∂c, accumulate]; bit k of `vectors` is set where input k has n elements
 * (else it is a scalar, and its partial a sum); an address of 0 is a result that nobody needs.
 */
import { exp, expWithin } from "../math/exp";
import { log } from "../math/log";
import { log1p } from "../math/log1p";
import { addLanes, firstLane, storeScalar } from "./lanes";

// @ts-ignore: decorator
@inline
function stepOf(bits: u32, k: u32): usize {
  return ((bits >> k) & 1) << 4;
}

/** −½ Σ ((x − μ)·w)² */
export function gaussian(pc: usize): void {
  const bits = load<u32>(pc, 8);
  const dx = load<usize>(pc, 28), dmu = load<usize>(pc, 32);
  const storeX = dx != 0 && (bits & 1) != 0, storeMu = dmu != 0 && (bits & 2) != 0;
  if (bits & 4 || (storeX && storeMu)) gaussianOfEachScale(pc, storeX, storeMu);
  else gaussianOfOneScale(pc, storeX ? dx : storeMu ? dmu : 0, storeX);
}

/** One scale for all, and one vector of slopes at most: the case of most models. */
function gaussianOfOneScale(pc: usize, slopesTo: usize, ofX: bool): void {
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let x = load<usize>(pc, 12), mu = load<usize>(pc, 16);
  const w = load<f64>(load<usize>(pc, 20));
  const value = load<usize>(pc, 24), dx = load<usize>(pc, 28), dmu = load<usize>(pc, 32), dw = load<usize>(pc, 36);
  const accumulate = load<i32>(pc, 40);
  const stepX = stepOf(bits, 0), stepMu = stepOf(bits, 1);
  const scale = f64x2.splat(w), outward = f64x2.splat(ofX ? -w : w);
  let squares0 = f64x2.splat(0), squares1 = squares0, sum0 = squares0, sum1 = squares0;
  let left = n;
  for (; left >= 4; left -= 4) {
    const z0 = f64x2.mul(f64x2.sub(v128.load(x), v128.load(mu)), scale);
    x += stepX;
    mu += stepMu;
    const z1 = f64x2.mul(f64x2.sub(v128.load(x), v128.load(mu)), scale);
    x += stepX;
    mu += stepMu;
    squares0 = f64x2.add(squares0, f64x2.mul(z0, z0));
    squares1 = f64x2.add(squares1, f64x2.mul(z1, z1));
    sum0 = f64x2.add(sum0, z0);
    sum1 = f64x2.add(sum1, z1);
    if (slopesTo) {
      v128.store(slopesTo, f64x2.mul(z0, outward));
      v128.store(slopesTo, f64x2.mul(z1, outward), 16);
      slopesTo += 32;
    }
  }
  for (; left > 0; left -= 2) {
    let z = f64x2.mul(f64x2.sub(v128.load(x), v128.load(mu)), scale);
    if (left == 1) z = firstLane(z);
    squares0 = f64x2.add(squares0, f64x2.mul(z, z));
    sum0 = f64x2.add(sum0, z);
    if (slopesTo) {
      v128.store(slopesTo, f64x2.mul(z, outward));
      slopesTo += 16;
    }
    x += stepX;
    mu += stepMu;
  }
  const squares = addLanes(f64x2.add(squares0, squares1));
  const slope = addLanes(f64x2.add(sum0, sum1)) * w;
  if (value) storeScalar(value, -0.5 * squares, accumulate);
  if (dmu != 0 && stepMu == 0) storeScalar(dmu, slope, accumulate);
  if (dx != 0 && stepX == 0) storeScalar(dx, -slope, accumulate);
  if (dw) storeScalar(dw, -squares / w, accumulate);
}

/** A scale for each element, or slopes for both x and μ. */
function gaussianOfEachScale(pc: usize, storeX: bool, storeMu: bool): void {
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let x = load<usize>(pc, 12), mu = load<usize>(pc, 16), w = load<usize>(pc, 20);
  const value = load<usize>(pc, 24);
  const dx = load<usize>(pc, 28), dmu = load<usize>(pc, 32), dw = load<usize>(pc, 36);
  const accumulate = load<i32>(pc, 40);
  const stepX = stepOf(bits, 0), stepMu = stepOf(bits, 1), stepW = stepOf(bits, 2);
  let squares = f64x2.splat(0), slopes = f64x2.splat(0), spread = f64x2.splat(0);
  const bytes = (<usize>(n + 1) >> 1) << 4;
  const whole = (<usize>n >> 1) << 4;
  for (let i: usize = 0; i < bytes; i += 16, x += stepX, mu += stepMu, w += stepW) {
    const scale = v128.load(w);
    let r = f64x2.sub(v128.load(x), v128.load(mu));
    let z = f64x2.mul(r, scale);
    if (i == whole) {
      r = firstLane(r);
      z = firstLane(z);
    }
    const slope = f64x2.mul(z, scale);
    squares = f64x2.add(squares, f64x2.mul(z, z));
    slopes = f64x2.add(slopes, i == whole ? firstLane(slope) : slope);
    if (storeMu) v128.store(dmu + i, slope);
    if (storeX) v128.store(dx + i, f64x2.neg(slope));
    if (dw) {
      const bend = f64x2.mul(z, r);
      if (stepW) v128.store(dw + i, f64x2.neg(bend));
      else spread = f64x2.add(spread, bend);
    }
  }
  if (value) storeScalar(value, -0.5 * addLanes(squares), accumulate);
  if (dmu != 0 && stepMu == 0) storeScalar(dmu, addLanes(slopes), accumulate);
  if (dx != 0 && stepX == 0) storeScalar(dx, -addLanes(slopes), accumulate);
  if (dw != 0 && stepW == 0) storeScalar(dw, -addLanes(spread), accumulate);
}

/** A product of this many numbers in (1, 2] stays below 2¹⁰²³. */
const PRODUCT_LIMIT: i32 = 1000;

/** 1; the least logarithm of a normal number; the sign. */
const CONSTANTS: usize = memory.data<f64>([1, 1, -708, -708, -0.0, -0.0], 16);

/** Σ y·η − log(1 + e^η): the logarithm of a product of numbers in (1, 2], so one logarithm for many elements. */
export function bernoulliLogit(pc: usize): void {
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let y = load<usize>(pc, 12), eta = load<usize>(pc, 16);
  const value = load<usize>(pc, 24), dy = load<usize>(pc, 28), deta = load<usize>(pc, 32);
  const accumulate = load<i32>(pc, 40);
  const stepY = stepOf(bits, 0), stepEta = stepOf(bits, 1);
  const storeY = dy != 0 && stepY != 0, storeEta = deta != 0 && stepEta != 0;
  const zero = f64x2.splat(0), one = v128.load(CONSTANTS), least = v128.load(CONSTANTS, 16), sign = v128.load(CONSTANTS, 32);
  let linear = zero, logs = zero, slopes = zero, etas = zero;
  let product = one;
  let factors = 0;
  const bytes = (<usize>(n + 1) >> 1) << 4;
  const whole = (<usize>n >> 1) << 4;
  let i: usize = 0;
  // Regressions: outcomes and logits of their own, four rows at a time.
  const fours: usize = stepY != 0 && stepEta != 0 && dy == 0 ? whole & ~31 : 0;
  for (; i < fours; i += 32, y += 32, eta += 32) {
    const h0 = v128.load(eta), h1 = v128.load(eta, 16);
    const y0 = v128.load(y), y1 = v128.load(y, 16);
    const e0 = expWithin(f64x2.pmax(v128.or(h0, sign), least));
    const e1 = expWithin(f64x2.pmax(v128.or(h1, sign), least));
    const q0 = f64x2.add(one, e0), q1 = f64x2.add(one, e1);
    if (storeEta) {
      // e ≤ 1, so the larger of it and 0 or 1 is the numerator of the sigmoid.
      const above0 = f64x2.pmax(e0, v128.and(f64x2.ge(h0, zero), one));
      const above1 = f64x2.pmax(e1, v128.and(f64x2.ge(h1, zero), one));
      v128.store(deta + i, f64x2.sub(y0, f64x2.div(above0, q0)));
      v128.store(deta + i, f64x2.sub(y1, f64x2.div(above1, q1)), 16);
    }
    const part0 = f64x2.sub(f64x2.mul(y0, h0), f64x2.pmax(h0, zero));
    const part1 = f64x2.sub(f64x2.mul(y1, h1), f64x2.pmax(h1, zero));
    linear = f64x2.add(linear, f64x2.add(part0, part1));
    product = f64x2.mul(product, f64x2.mul(q0, q1));
    factors += 2;
    if (factors == PRODUCT_LIMIT) {
      logs = f64x2.add(logs, log(product));
      product = one;
      factors = 0;
    }
  }
  for (; i < bytes; i += 16, y += stepY, eta += stepEta) {
    const h = v128.load(eta), outcome = v128.load(y);
    const e = exp(f64x2.neg(f64x2.abs(h)));
    const q = f64x2.add(one, e);
    const inverse = f64x2.div(one, q);
    const positive = f64x2.ge(h, zero);
    let slope = f64x2.sub(outcome, f64x2.mul(v128.bitselect(one, e, positive), inverse));
    let part = f64x2.sub(f64x2.mul(outcome, h), v128.and(h, positive));
    let factor = q;
    let kept = h;
    if (i == whole) {
      slope = firstLane(slope);
      part = firstLane(part);
      factor = f64x2.replace_lane(q, 1, 1);
      kept = firstLane(h);
    }
    linear = f64x2.add(linear, part);
    slopes = f64x2.add(slopes, slope);
    etas = f64x2.add(etas, kept);
    product = f64x2.mul(product, factor);
    if (++factors == PRODUCT_LIMIT) {
      logs = f64x2.add(logs, log(product));
      product = one;
      factors = 0;
    }
    if (storeEta) v128.store(deta + i, slope);
    if (storeY) v128.store(dy + i, kept);
  }
  logs = f64x2.add(logs, log(product));
  if (value) storeScalar(value, addLanes(f64x2.sub(linear, logs)), accumulate);
  if (deta != 0 && stepEta == 0) storeScalar(deta, addLanes(slopes), accumulate);
  if (dy != 0 && stepY == 0) storeScalar(dy, addLanes(etas), accumulate);
}

/** Σ y·η − n·log(1 + e^η) */
export function binomialLogit(pc: usize): void {
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let y = load<usize>(pc, 12), trials = load<usize>(pc, 16), eta = load<usize>(pc, 20);
  const value = load<usize>(pc, 24), dy = load<usize>(pc, 28), dtrials = load<usize>(pc, 32), deta = load<usize>(pc, 36);
  const accumulate = load<i32>(pc, 40);
  const stepY = stepOf(bits, 0), stepTrials = stepOf(bits, 1), stepEta = stepOf(bits, 2);
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  let values = zero, slopes = zero, etas = zero, softs = zero;
  const bytes = (<usize>(n + 1) >> 1) << 4;
  const whole = (<usize>n >> 1) << 4;
  for (let i: usize = 0; i < bytes; i += 16, y += stepY, trials += stepTrials, eta += stepEta) {
    const h = v128.load(eta), count = v128.load(y), total = v128.load(trials);
    const e = exp(f64x2.neg(f64x2.abs(h)));
    const positive = f64x2.ge(h, zero);
    const probability = f64x2.div(v128.bitselect(one, e, positive), f64x2.add(one, e));
    let soft = f64x2.add(v128.and(h, positive), log1p(e));
    let slope = f64x2.sub(count, f64x2.mul(total, probability));
    let part = f64x2.sub(f64x2.mul(count, h), f64x2.mul(total, soft));
    let kept = h;
    if (i == whole) {
      soft = firstLane(soft);
      slope = firstLane(slope);
      part = firstLane(part);
      kept = firstLane(h);
    }
    values = f64x2.add(values, part);
    slopes = f64x2.add(slopes, slope);
    etas = f64x2.add(etas, kept);
    softs = f64x2.add(softs, soft);
    if (deta != 0 && stepEta != 0) v128.store(deta + i, slope);
    if (dy != 0 && stepY != 0) v128.store(dy + i, kept);
    if (dtrials != 0 && stepTrials != 0) v128.store(dtrials + i, f64x2.neg(soft));
  }
  if (value) storeScalar(value, addLanes(values), accumulate);
  if (deta != 0 && stepEta == 0) storeScalar(deta, addLanes(slopes), accumulate);
  if (dy != 0 && stepY == 0) storeScalar(dy, addLanes(etas), accumulate);
  if (dtrials != 0 && stepTrials == 0) storeScalar(dtrials, -addLanes(softs), accumulate);
}

/** Σ y·η − e^η */
export function poissonLog(pc: usize): void {
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let y = load<usize>(pc, 12), eta = load<usize>(pc, 16);
  const value = load<usize>(pc, 24), dy = load<usize>(pc, 28), deta = load<usize>(pc, 32);
  const accumulate = load<i32>(pc, 40);
  const stepY = stepOf(bits, 0), stepEta = stepOf(bits, 1);
  const storeY = dy != 0 && stepY != 0, storeEta = deta != 0 && stepEta != 0;
  let values = f64x2.splat(0), slopes = f64x2.splat(0), etas = f64x2.splat(0);
  const bytes = (<usize>(n + 1) >> 1) << 4;
  const whole = (<usize>n >> 1) << 4;
  for (let i: usize = 0; i < bytes; i += 16, y += stepY, eta += stepEta) {
    const h = v128.load(eta), count = v128.load(y);
    const rate = exp(h);
    let slope = f64x2.sub(count, rate);
    let part = f64x2.sub(f64x2.mul(count, h), rate);
    let kept = h;
    if (i == whole) {
      slope = firstLane(slope);
      part = firstLane(part);
      kept = firstLane(h);
    }
    values = f64x2.add(values, part);
    slopes = f64x2.add(slopes, slope);
    etas = f64x2.add(etas, kept);
    if (storeEta) v128.store(deta + i, slope);
    if (storeY) v128.store(dy + i, kept);
  }
  if (value) storeScalar(value, addLanes(values), accumulate);
  if (deta != 0 && stepEta == 0) storeScalar(deta, addLanes(slopes), accumulate);
  if (dy != 0 && stepY == 0) storeScalar(dy, addLanes(etas), accumulate);
}

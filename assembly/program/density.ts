/**
 * Sums of log densities over all elements, with all partial derivatives in the same pass.
 * [header, n, vectors, a, b, c, value, ∂a, ∂b, ∂c, accumulate]; bit k of `vectors` is set where input k has n elements
 * (else it is a scalar, and its partial a sum); an address of 0 is a result that nobody needs.
 */
import { exp } from "../math/exp";
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
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let x = load<usize>(pc, 12), mu = load<usize>(pc, 16), w = load<usize>(pc, 20);
  const value = load<usize>(pc, 24);
  const dx = load<usize>(pc, 28), dmu = load<usize>(pc, 32), dw = load<usize>(pc, 36);
  const accumulate = load<i32>(pc, 40);
  const stepX = stepOf(bits, 0), stepMu = stepOf(bits, 1), stepW = stepOf(bits, 2);
  const storeX = dx != 0 && stepX != 0, storeMu = dmu != 0 && stepMu != 0, storeW = dw != 0 && stepW != 0;
  let squares = f64x2.splat(0), slopes = f64x2.splat(0), spread = f64x2.splat(0);
  const bytes = (<usize>(n + 1) >> 1) << 4;
  const whole = (<usize>n >> 1) << 4;
  for (let i: usize = 0; i < bytes; i += 16, x += stepX, mu += stepMu, w += stepW) {
    const scale = v128.load(w);
    let r = f64x2.sub(v128.load(x), v128.load(mu));
    if (i == whole) r = firstLane(r);
    const z = f64x2.mul(r, scale);
    const slope = f64x2.mul(z, scale);
    squares = f64x2.add(squares, f64x2.mul(z, z));
    slopes = f64x2.add(slopes, slope);
    if (storeMu) v128.store(dmu + i, slope);
    if (storeX) v128.store(dx + i, f64x2.neg(slope));
    if (dw) {
      const bend = f64x2.mul(z, r);
      if (storeW) v128.store(dw + i, f64x2.neg(bend));
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

/** Σ y·η − log(1 + e^η): the logarithm of a product of numbers in (1, 2], so one logarithm for many elements. */
export function bernoulliLogit(pc: usize): void {
  const n = load<i32>(pc, 4), bits = load<u32>(pc, 8);
  let y = load<usize>(pc, 12), eta = load<usize>(pc, 16);
  const value = load<usize>(pc, 24), dy = load<usize>(pc, 28), deta = load<usize>(pc, 32);
  const accumulate = load<i32>(pc, 40);
  const stepY = stepOf(bits, 0), stepEta = stepOf(bits, 1);
  const storeY = dy != 0 && stepY != 0, storeEta = deta != 0 && stepEta != 0;
  const zero = f64x2.splat(0), one = f64x2.splat(1);
  let linear = zero, logs = zero, slopes = zero, etas = zero;
  let product = one;
  let factors = 0;
  const bytes = (<usize>(n + 1) >> 1) << 4;
  const whole = (<usize>n >> 1) << 4;
  for (let i: usize = 0; i < bytes; i += 16, y += stepY, eta += stepEta) {
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

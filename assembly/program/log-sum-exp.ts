/** log Σ exp with its slopes, the softmax, from one set of exponentials: along an axis, and of arrays side by side. */
import { exp } from "../math/exp";
import { log } from "../math/log";
import { addLanes, firstLane, storeScalar, storeWithin } from "./lanes";

/** Where it is not worth a copy of the code. */
function expOf(x: v128): v128 {
  return exp(x);
}

/** Whether each lane is finite. */
// @ts-ignore: decorator
@inline
function isFinite(x: v128): v128 {
  return f64x2.lt(f64x2.abs(x), f64x2.splat(Infinity));
}

/** The weight of x where the result is not finite: one for each that equals it. */
function unusualWeight(x: v128, result: v128): v128 {
  return v128.bitselect(f64x2.splat(1), expOf(f64x2.sub(x, result)), f64x2.eq(x, result));
}

/**
 * Along an axis; y or w is 0 where nobody asks.
 * [header, outer, length, inner, x, y, w]
 */
export function logSumExp(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  let x = load<usize>(pc, 16), y = load<usize>(pc, 20), w = load<usize>(pc, 24);
  if (outer * inner == 1) {
    ofVector(x, length, y, w);
    return;
  }
  // Two neighbours at a time: along rows they are `apart` by one element, otherwise by a row.
  const stride = <usize>inner << 3;
  const apart: usize = inner == 1 ? <usize>length << 3 : 8;
  const runs = inner == 1 ? 1 : outer;
  const bytes = <usize>(inner == 1 ? outer : inner) << 3;
  for (let run = 0; run < runs; run++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const from = (i >> 3) * apart;
      const result = ofTwo(x + from, bytes - i > 8 ? apart : 0, stride, length, w ? w + from : 0, y != 0);
      if (y) storeWithin(y + i, result, bytes - i);
    }
    x += stride * length;
    if (y) y += bytes;
    if (w) w += stride * length;
  }
}

/** The elements at x and `apart` behind. */
// @ts-ignore: decorator
@inline
function two(x: usize, apart: usize): v128 {
  return v128.load64_lane(x + apart, v128.load64_zero(x), 1);
}

// @ts-ignore: decorator
@inline
function storeTwo(y: usize, apart: usize, value: v128): void {
  v128.store64_lane(y + apart, value, 1);
  v128.store64_lane(y, value, 0);
}

/** Of two sequences with a stride, whose elements are `apart`: the same one twice where that is 0. */
function ofTwo(x: usize, apart: usize, stride: usize, length: i32, w: usize, wanted: bool): v128 {
  const bytes = stride * length;
  let m = two(x, apart);
  for (let i: usize = stride; i < bytes; i += stride) m = f64x2.pmax(m, two(x + i, apart));
  const finite = isFinite(m);
  const shift = v128.and(m, finite);
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += stride) {
    const e = exp(f64x2.sub(two(x + i, apart), shift));
    if (w) storeTwo(w + i, apart, e);
    s = f64x2.add(s, e);
  }
  if (w) {
    const inverse = f64x2.div(f64x2.splat(1), s);
    const usual = i64x2.all_true(finite);
    for (let i: usize = 0; i < bytes; i += stride) {
      let weight = f64x2.mul(two(w + i, apart), inverse);
      if (!usual) weight = v128.bitselect(weight, unusualWeight(two(x + i, apart), f64x2.add(m, s)), finite);
      storeTwo(w + i, apart, weight);
    }
  }
  return wanted ? v128.bitselect(f64x2.add(shift, log(s)), f64x2.add(m, s), finite) : s;
}

/** Of n adjacent elements. */
function ofVector(x: usize, n: i32, y: usize, w: usize): void {
  const whole = (<usize>n >> 1) << 4;
  const odd = n & 1;
  let m = odd ? v128.load64_splat(x + whole) : v128.load64_splat(x);
  for (let i: usize = 0; i < whole; i += 16) m = f64x2.pmax(m, v128.load(x + i));
  m = f64x2.pmax(m, v128.shuffle<i64>(m, m, 1, 0));
  const finite = isFinite(m);
  const shift = v128.and(m, finite);
  let s = f64x2.splat(0);
  for (let i: usize = 0; i < whole; i += 16) {
    const e = expOf(f64x2.sub(v128.load(x + i), shift));
    if (w) v128.store(w + i, e);
    s = f64x2.add(s, e);
  }
  if (odd) {
    const e = expOf(f64x2.sub(v128.load64_splat(x + whole), shift));
    if (w) v128.store(w + whole, e);
    s = f64x2.add(s, firstLane(e));
  }
  s = f64x2.splat(addLanes(s));
  if (w) {
    const inverse = f64x2.div(f64x2.splat(1), s);
    const usual = i64x2.all_true(finite);
    for (let i: usize = 0; i < whole + (odd << 4); i += 16) {
      const weight = f64x2.mul(v128.load(w + i), inverse);
      v128.store(w + i, usual ? weight : unusualWeight(v128.load(x + i), f64x2.add(m, s)));
    }
  }
  if (y) v128.store(y, v128.bitselect(f64x2.add(shift, log(s)), f64x2.add(m, s), finite));
}

/**
 * Σ over n rows of log Σ exp of what `count` arrays have there; w is 0 where nobody asks.
 * [header, n, count, value, accumulate, (x, w)…]
 */
export function logSumExpRows(pc: usize): void {
  const n = load<i32>(pc, 4), count = load<i32>(pc, 8), value = load<usize>(pc, 12);
  const list = pc + 20, end = list + (<usize>count << 3);
  const bytes = (<usize>(n + 1) >> 1) << 4, whole = (<usize>n >> 1) << 4;
  const one = f64x2.splat(1);
  // Of so many sums, each between 1 and `count`, the product stays in range and needs one logarithm.
  const room = 1000 / (32 - clz(count));
  let factors = room;
  let product = one, total = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    let m = v128.load(load<usize>(list) + i);
    for (let at = list + 8; at < end; at += 8) m = f64x2.pmax(m, v128.load(load<usize>(at) + i));
    const finite = isFinite(m);
    const shift = v128.and(m, finite);
    let s = f64x2.splat(0);
    for (let at = list; at < end; at += 8) {
      const e = exp(f64x2.sub(v128.load(load<usize>(at) + i), shift));
      const w = load<usize>(at, 4);
      if (w) v128.store(w + i, e);
      s = f64x2.add(s, e);
    }
    const inverse = f64x2.div(one, s);
    for (let at = list; at < end; at += 8) {
      const w = load<usize>(at, 4);
      if (w) v128.store(w + i, f64x2.mul(v128.load(w + i), inverse));
    }
    let part = shift;
    if (!i64x2.all_true(finite)) {
      const result = f64x2.add(m, s);
      for (let at = list; at < end; at += 8) {
        const w = load<usize>(at, 4);
        if (!w) continue;
        const weight = unusualWeight(v128.load(load<usize>(at) + i), result);
        v128.store(w + i, v128.bitselect(v128.load(w + i), weight, finite));
      }
      part = v128.bitselect(shift, result, finite);
      s = v128.bitselect(s, one, finite);
    }
    if (i == whole) {
      part = firstLane(part);
      s = f64x2.replace_lane(s, 1, 1);
    }
    total = f64x2.add(total, part);
    product = f64x2.mul(product, s);
    if (--factors == 0) {
      total = f64x2.add(total, log(product));
      product = one;
      factors = room;
    }
  }
  if (value) storeScalar(value, addLanes(f64x2.add(total, log(product))), load<i32>(pc, 16));
}

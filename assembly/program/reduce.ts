/** Reductions along an axis, inner products, sums of scalars, and stretching. */
import { addLanes, firstLane, storeScalar, storeWithin } from "./lanes";

/** Σ of `n` adjacent elements. */
export function sumOf(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let left = n;
  for (; left >= 8; left -= 8, x += 64) {
    s0 = f64x2.add(s0, v128.load(x));
    s1 = f64x2.add(s1, v128.load(x, 16));
    s2 = f64x2.add(s2, v128.load(x, 32));
    s3 = f64x2.add(s3, v128.load(x, 48));
  }
  for (; left >= 2; left -= 2, x += 16) s0 = f64x2.add(s0, v128.load(x));
  if (left) s1 = f64x2.add(s1, firstLane(v128.load(x)));
  return addLanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
}

/** Inner product of `n` adjacent elements. */
export function dotOf(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let left = n;
  for (; left >= 8; left -= 8, a += 64, b += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)));
  }
  for (; left >= 2; left -= 2, a += 16, b += 16) s0 = f64x2.add(s0, f64x2.mul(v128.load(a), v128.load(b)));
  if (left) s1 = f64x2.add(s1, firstLane(f64x2.mul(v128.load(a), v128.load(b))));
  return addLanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
}

/** [header, outer, length, inner, x, y, accumulate] */
export function sum(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  let x = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  if (inner == 1) {
    if (outer == 1) {
      storeScalar(y, sumOf(x, length), load<i32>(pc, 24));
      return;
    }
    for (let o = 0; o < outer; o++, y += 8, x += <usize>length << 3) store<f64>(y, sumOf(x, length));
    return;
  }
  const row = <usize>inner << 3;
  for (let o = 0; o < outer; o++, y += row) {
    for (let i: usize = 0; i < row; i += 16) {
      let s = f64x2.splat(0);
      let from = x + i;
      for (let l = 0; l < length; l++, from += row) s = f64x2.add(s, v128.load(from));
      storeWithin(y + i, s, row - i);
    }
    x += row * length;
  }
}

/** [header, outer, length, inner, x, y, accumulate] */
export function max(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  let x = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  const row = <usize>inner << 3;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++, y += 8) {
      let from = x + (<usize>i << 3);
      let largest = load<f64>(from);
      for (let l = 1; l < length; l++) {
        from += row;
        largest = builtinMax(largest, load<f64>(from));
      }
      store<f64>(y, largest);
    }
    x += row * length;
  }
  if (outer * inner == 1) storeScalar(y - 8, load<f64>(y - 8), 0);
}

// @ts-ignore: decorator
@inline
function builtinMax(a: f64, b: f64): f64 {
  return f64.max(a, b);
}

/** [header, n, a, b, y, accumulate] */
export function dot(pc: usize): void {
  storeScalar(load<usize>(pc, 16), dotOf(load<usize>(pc, 8), load<usize>(pc, 12), load<i32>(pc, 4)), load<i32>(pc, 20));
}

/** [header, count, y, addresses…] */
export function total(pc: usize): void {
  const count = load<i32>(pc, 4);
  let s: f64 = 0;
  for (let i = 0; i < count; i++) s += load<f64>(load<usize>(pc + (<usize>i << 2), 12));
  storeScalar(load<usize>(pc, 8), s, 0);
}

/** [header, outer, length, inner, x, y] */
export function expand(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  let x = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  if (inner == 1) {
    for (let o = 0; o < outer; o++, x += 8) {
      const value = v128.load64_splat(x);
      const end = y + (<usize>length << 3);
      for (let at = y; at < end; at += 16) storeWithin(at, value, end - at);
      y = end;
    }
    return;
  }
  const row = <usize>inner << 3;
  for (let o = 0; o < outer; o++, x += row) {
    for (let l = 0; l < length; l++, y += row) memory.copy(y, x, row);
  }
}

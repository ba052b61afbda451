/** Matrix products. */
import { addLanes, firstLane } from "./lanes";
import { dotOf } from "./reduce";

/**
 * y = Σ_r v_r·(row r of a), eight rows at a time: with a matrix stored by columns, its product with a vector.
 * [header, n, rows, stride, a, v, y]
 */
export function matrixVector(pc: usize): void {
  const n = load<i32>(pc, 4);
  let rows = load<i32>(pc, 8);
  const stride = load<usize>(pc, 12);
  let a = load<usize>(pc, 16);
  let v = load<usize>(pc, 20);
  const y = load<usize>(pc, 24);
  const bytes = (<usize>(n + 1) >> 1) << 4;
  let started = false;
  for (; rows >= 8; rows -= 8, v += 64, a += stride << 3) {
    const v0 = v128.load64_splat(v), v1 = v128.load64_splat(v, 8), v2 = v128.load64_splat(v, 16), v3 = v128.load64_splat(v, 24);
    const v4 = v128.load64_splat(v, 32), v5 = v128.load64_splat(v, 40), v6 = v128.load64_splat(v, 48), v7 = v128.load64_splat(v, 56);
    const a1 = a + stride, a2 = a1 + stride, a3 = a2 + stride, a4 = a3 + stride;
    const a5 = a4 + stride, a6 = a5 + stride, a7 = a6 + stride;
    for (let i: usize = 0; i < bytes; i += 16) {
      const low = f64x2.add(pair(a + i, v0, a1 + i, v1), pair(a2 + i, v2, a3 + i, v3));
      const high = f64x2.add(pair(a4 + i, v4, a5 + i, v5), pair(a6 + i, v6, a7 + i, v7));
      const s = f64x2.add(low, high);
      v128.store(y + i, started ? f64x2.add(v128.load(y + i), s) : s);
    }
    started = true;
  }
  for (; rows >= 2; rows -= 2, v += 16, a += stride << 1) {
    const v0 = v128.load64_splat(v), v1 = v128.load64_splat(v, 8);
    for (let i: usize = 0; i < bytes; i += 16) {
      const s = pair(a + i, v0, a + stride + i, v1);
      v128.store(y + i, started ? f64x2.add(v128.load(y + i), s) : s);
    }
    started = true;
  }
  for (; rows > 0; rows--, v += 8, a += stride) {
    const v0 = v128.load64_splat(v);
    for (let i: usize = 0; i < bytes; i += 16) {
      const s = f64x2.mul(v128.load(a + i), v0);
      v128.store(y + i, started ? f64x2.add(v128.load(y + i), s) : s);
    }
    started = true;
  }
  if (n == 1) v128.store(y, v128.load64_splat(y));
}

/** Two addresses' vectors, each times a factor. */
// @ts-ignore: decorator
@inline
function pair(a: usize, v: v128, b: usize, w: v128): v128 {
  return f64x2.add(f64x2.mul(v128.load(a), v), f64x2.mul(v128.load(b), w));
}

/**
 * y_r = (row r of a)·v, four rows at a time.
 * [header, n, rows, stride, a, v, y, accumulate]
 */
export function rowDots(pc: usize): void {
  const n = load<i32>(pc, 4);
  const rows = load<i32>(pc, 8);
  const stride = load<usize>(pc, 12);
  let a = load<usize>(pc, 16);
  const v = load<usize>(pc, 20);
  let y = load<usize>(pc, 24);
  const accumulate = load<i32>(pc, 28);
  const bytes = (<usize>n >> 1) << 4;
  let left = rows;
  for (; left >= 4; left -= 4, a += stride << 2, y += 32) {
    const a1 = a + stride, a2 = a1 + stride, a3 = a2 + stride;
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const w = v128.load(v + i);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(a + i), w));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(a1 + i), w));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(a2 + i), w));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(a3 + i), w));
    }
    if (n & 1) {
      const w = firstLane(v128.load(v + bytes));
      s0 = f64x2.add(s0, tail(a + bytes, w));
      s1 = f64x2.add(s1, tail(a1 + bytes, w));
      s2 = f64x2.add(s2, tail(a2 + bytes, w));
      s3 = f64x2.add(s3, tail(a3 + bytes, w));
    }
    put(y, addLanes(s0), accumulate);
    put(y + 8, addLanes(s1), accumulate);
    put(y + 16, addLanes(s2), accumulate);
    put(y + 24, addLanes(s3), accumulate);
  }
  for (; left >= 2; left -= 2, a += stride << 1, y += 16) {
    const b = a + stride;
    let s0 = f64x2.splat(0), s1 = s0, t0 = s0, t1 = s0;
    let i: usize = 0;
    for (; i + 32 <= bytes; i += 32) {
      const w0 = v128.load(v + i), w1 = v128.load(v + i, 16);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(a + i), w0));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(a + i, 16), w1));
      t0 = f64x2.add(t0, f64x2.mul(v128.load(b + i), w0));
      t1 = f64x2.add(t1, f64x2.mul(v128.load(b + i, 16), w1));
    }
    if (i < bytes) {
      const w = v128.load(v + i);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(a + i), w));
      t0 = f64x2.add(t0, f64x2.mul(v128.load(b + i), w));
    }
    if (n & 1) {
      const w = firstLane(v128.load(v + bytes));
      s1 = f64x2.add(s1, tail(a + bytes, w));
      t1 = f64x2.add(t1, tail(b + bytes, w));
    }
    put(y, addLanes(f64x2.add(s0, s1)), accumulate);
    put(y + 8, addLanes(f64x2.add(t0, t1)), accumulate);
  }
  for (; left > 0; left--, a += stride, y += 8) {
    let s = f64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) s = f64x2.add(s, f64x2.mul(v128.load(a + i), v128.load(v + i)));
    if (n & 1) s = f64x2.add(s, tail(a + bytes, firstLane(v128.load(v + bytes))));
    put(y, addLanes(s), accumulate);
  }
  if (rows == 1) v128.store(y - 8, v128.load64_splat(y - 8));
}

/** The last element's product; what lies behind it may be anything, even NaN, so it is not multiplied. */
// @ts-ignore: decorator
@inline
function tail(a: usize, w: v128): v128 {
  return f64x2.mul(v128.load64_zero(a), w);
}

// @ts-ignore: decorator
@inline
function put(y: usize, value: f64, accumulate: i32): void {
  store<f64>(y, accumulate ? load<f64>(y) + value : value);
}

/**
 * C = op(A)·op(B).
 * [header, m, k, n, flags, a, b, c]; bit 0 of `flags`: A is transposed, bit 1: B is.
 */
export function matrixProduct(pc: usize): void {
  const m = load<i32>(pc, 4), n = load<i32>(pc, 12);
  const c = load<usize>(pc, 28);
  product(m, load<i32>(pc, 8), n, load<i32>(pc, 16), load<usize>(pc, 20), load<usize>(pc, 24), c);
  if (m * n == 1) v128.store(c, v128.load64_splat(c));
}

/** The product itself, writing exactly m·n elements. */
export function product(m: i32, k: i32, n: i32, flags: i32, a: usize, b: usize, c: usize): void {
  const rowA: usize = flags & 1 ? 8 : <usize>k << 3;
  const columnA: usize = flags & 1 ? <usize>m << 3 : 8;
  if (flags & 2) productTransposed(m, k, n, a, rowA, columnA, b, c);
  else productStraight(m, k, n, a, rowA, columnA, b, c);
}

/** Blocks of four rows by four columns held in registers, the rows of B streaming by. */
function productStraight(m: i32, k: i32, n: i32, a: usize, rowA: usize, columnA: usize, b: usize, c: usize): void {
  const row = <usize>n << 3;
  let i = 0;
  for (; i + 4 <= m; i += 4, a += rowA << 2, c += row << 2) {
    let j = 0;
    for (; j + 4 <= n; j += 4) tile4x4(k, a, rowA, columnA, b + (<usize>j << 3), row, c + (<usize>j << 3));
    for (; j < n; j++) {
      for (let r: usize = 0; r < 4; r++) element(k, a + r * rowA, columnA, b + (<usize>j << 3), row, c + r * row + (<usize>j << 3));
    }
  }
  for (; i < m; i++, a += rowA, c += row) {
    let j = 0;
    for (; j + 4 <= n; j += 4) tile1x4(k, a, columnA, b + (<usize>j << 3), row, c + (<usize>j << 3));
    for (; j < n; j++) element(k, a, columnA, b + (<usize>j << 3), row, c + (<usize>j << 3));
  }
}

function tile4x4(k: i32, a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, c: usize): void {
  const zero = f64x2.splat(0);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  const a1 = rowA, a2 = rowA + rowA, a3 = a2 + rowA;
  for (; k > 0; k--, a += columnA, b += rowB) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0));
    c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load64_splat(a + a1);
    c10 = f64x2.add(c10, f64x2.mul(x, b0));
    c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load64_splat(a + a2);
    c20 = f64x2.add(c20, f64x2.mul(x, b0));
    c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load64_splat(a + a3);
    c30 = f64x2.add(c30, f64x2.mul(x, b0));
    c31 = f64x2.add(c31, f64x2.mul(x, b1));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += rowB;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += rowB;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += rowB;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

function tile1x4(k: i32, a: usize, columnA: usize, b: usize, rowB: usize, c: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0);
  for (; k > 0; k--, a += columnA, b += rowB) {
    const x = v128.load64_splat(a);
    c0 = f64x2.add(c0, f64x2.mul(x, v128.load(b)));
    c1 = f64x2.add(c1, f64x2.mul(x, v128.load(b, 16)));
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

function element(k: i32, a: usize, stepA: usize, b: usize, stepB: usize, c: usize): void {
  let s: f64 = 0;
  for (; k > 0; k--, a += stepA, b += stepB) s += load<f64>(a) * load<f64>(b);
  store<f64>(c, s);
}

/** With B transposed, a row of C is A's row times each row of B: inner products. */
function productTransposed(m: i32, k: i32, n: i32, a: usize, rowA: usize, columnA: usize, b: usize, c: usize): void {
  const rowB = <usize>k << 3;
  for (let i = 0; i < m; i++, a += rowA) {
    let from = b;
    for (let j = 0; j < n; j++, from += rowB, c += 8) {
      if (columnA == 8) store<f64>(c, dotOf(a, from, k));
      else element(k, a, columnA, from, 8, c);
    }
  }
}

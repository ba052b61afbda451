/**
 * The metric of a diagonal and few directions: M⁻¹ = D½(I + U(Λ − I)Uᵀ)D½ with orthonormal rows Uᵀ, and its square root
 * S = D½(I + U(Λ½ − I)Uᵀ), whose products take time proportional to dimension × directions.
 */

import { dimension } from "../program/target";
import { vectorBytes, vectorEnd } from "../dynamics/space";

/** Most directions. */
export const DIRECTIONS: usize = 32;
/** Most draws, with their scores, that directions are learnt from. */
export const COLUMNS: usize = 160;

/** Behind the diagonal: number of directions, next column of the window, Λ, Λ½ − 1 and Λ^−½ − 1. */
const HEADER: usize = 32 + 3 * (DIRECTIONS << 3);

/** Bytes of a root, and of the window behind it. */
export function lowRankBytes(): usize {
  return (1 + DIRECTIONS + 2 * COLUMNS) * vectorBytes() + HEADER;
}

// @ts-ignore: decorator
@inline
function header(root: usize): usize {
  return root + vectorBytes();
}

// @ts-ignore: decorator
@inline
export function directionCount(root: usize): i32 {
  return load<i32>(header(root));
}

export function setDirectionCount(root: usize, count: i32): void {
  store<i32>(header(root), count);
}

/** Columns that the window has been given. */
export function columnCount(root: usize): u32 {
  return load<u32>(header(root), 4);
}

export function setColumnCount(root: usize, count: u32): void {
  store<u32>(header(root), count, 4);
}

/** Λ */
export function eigenvalues(root: usize): usize {
  return header(root) + 32;
}

/** Λ½ − 1 */
// @ts-ignore: decorator
@inline
function stretches(root: usize): usize {
  return header(root) + 32 + (DIRECTIONS << 3);
}

/** Λ^−½ − 1 */
// @ts-ignore: decorator
@inline
function shrinkages(root: usize): usize {
  return header(root) + 32 + (DIRECTIONS << 4);
}

/** A row of Uᵀ. */
// @ts-ignore: decorator
@inline
export function direction(root: usize, k: usize): usize {
  return header(root) + HEADER + k * vectorBytes();
}

/** Where the window keeps a draw; its score lies behind it. */
export function column(root: usize, j: usize): usize {
  return direction(root, DIRECTIONS + 2 * j);
}

/** Take an eigenvalue for a direction. */
export function setEigenvalue(root: usize, k: usize, value: f64): void {
  const deviation = sqrt<f64>(value);
  store<f64>(eigenvalues(root) + (k << 3), value);
  store<f64>(stretches(root) + (k << 3), deviation - 1);
  store<f64>(shrinkages(root) + (k << 3), 1 / deviation - 1);
}

/** Sum of both lanes. */
// @ts-ignore: decorator
@inline
function lanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/**
 * x ← (I + U F Uᵀ) x in place. Directions are orthogonal, so that they may be taken four at a time, one four after the other:
 * their rows are then in the nearest cache when they are read again.
 */
function stretch(root: usize, factors: usize, x: usize): void {
  const count = <usize>directionCount(root);
  const end = vectorEnd(0);
  let k: usize = 0;
  for (; k + 4 <= count; k += 4) {
    const a = direction(root, k);
    const b = direction(root, k + 1);
    const c = direction(root, k + 2);
    const d = direction(root, k + 3);
    let sumA = f64x2.splat(0);
    let sumB = f64x2.splat(0);
    let sumC = f64x2.splat(0);
    let sumD = f64x2.splat(0);
    for (let at: usize = 0; at < end; at += 16) {
      const value = v128.load(x + at);
      sumA = f64x2.add(sumA, f64x2.mul(value, v128.load(a + at)));
      sumB = f64x2.add(sumB, f64x2.mul(value, v128.load(b + at)));
      sumC = f64x2.add(sumC, f64x2.mul(value, v128.load(c + at)));
      sumD = f64x2.add(sumD, f64x2.mul(value, v128.load(d + at)));
    }
    const own = factors + (k << 3);
    const amountA = f64x2.splat(lanes(sumA) * load<f64>(own));
    const amountB = f64x2.splat(lanes(sumB) * load<f64>(own, 8));
    const amountC = f64x2.splat(lanes(sumC) * load<f64>(own, 16));
    const amountD = f64x2.splat(lanes(sumD) * load<f64>(own, 24));
    for (let at: usize = 0; at < end; at += 16) {
      const low = f64x2.add(f64x2.mul(amountA, v128.load(a + at)), f64x2.mul(amountB, v128.load(b + at)));
      const high = f64x2.add(f64x2.mul(amountC, v128.load(c + at)), f64x2.mul(amountD, v128.load(d + at)));
      v128.store(x + at, f64x2.add(v128.load(x + at), f64x2.add(low, high)));
    }
  }
  for (; k < count; ++k) {
    const a = direction(root, k);
    let even = f64x2.splat(0);
    let odd = f64x2.splat(0);
    for (let at: usize = 0; at < end; at += 32) {
      even = f64x2.add(even, f64x2.mul(v128.load(x + at), v128.load(a + at)));
      odd = f64x2.add(odd, f64x2.mul(v128.load(x + at, 16), v128.load(a + at, 16)));
    }
    const amount = f64x2.splat(lanes(f64x2.add(even, odd)) * load<f64>(factors + (k << 3)));
    for (let at: usize = 0; at < end; at += 16) {
      v128.store(x + at, f64x2.add(v128.load(x + at), f64x2.mul(amount, v128.load(a + at))));
    }
  }
}

/** x ← (I + U(Λ½ − I)Uᵀ) x in place: what turns whitened coordinates into scaled ones. */
export function stretchScaled(root: usize, x: usize): void {
  stretch(root, stretches(root), x);
}

/** The inverse of `stretchScaled`. */
export function shrinkScaled(root: usize, x: usize): void {
  stretch(root, shrinkages(root), x);
}

/** result = D½ x. */
// @ts-ignore: decorator
@inline
function scale(root: usize, x: usize, result: usize): void {
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 16) {
    v128.store(result + at, f64x2.mul(v128.load(root + at), v128.load(x + at)));
  }
}

/** result = S x. */
export function multiplyLowRank(root: usize, x: usize, result: usize): void {
  memory.copy(result, x, vectorEnd(0));
  stretchScaled(root, result);
  scale(root, result, result);
}

/** result = Sᵀ x. */
export function multiplyLowRankTransposed(root: usize, x: usize, result: usize): void {
  scale(root, x, result);
  stretchScaled(root, result);
}

/** result = S⁻ᵀ x. */
export function solveLowRankTransposed(root: usize, x: usize, result: usize): void {
  memory.copy(result, x, vectorEnd(0));
  shrinkScaled(root, result);
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    store<f64>(result + at, load<f64>(result + at) / load<f64>(root + at));
  }
}

/** Gathering rows by integer data, and adding rows up by it. */
import { copyElements } from "../linalg/copy";

/** [header, n, inner, index, x, y] */
export function gather(pc: usize): void {
  const n = load<i32>(pc, 4), inner = load<i32>(pc, 8);
  let index = load<usize>(pc, 12);
  const x = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  if (inner == 1) {
    if (n == 1) {
      v128.store(y, v128.load64_splat(x + (load<usize>(index) << 3)));
      return;
    }
    const end = index + (<usize>n << 2);
    // The index is padded with zeros, so the last vector reads something that exists.
    for (; index < end; index += 8, y += 16) {
      const low = v128.load64_zero(x + (load<usize>(index) << 3));
      v128.store(y, v128.load64_lane(x + (load<usize>(index, 4) << 3), low, 1));
    }
    return;
  }
  for (let i = 0; i < n; i++, index += 4, y += <usize>inner << 3) {
    copyElements(y, x + (load<usize>(index) * inner << 3), inner);
  }
}

/** [header, n, inner, index, x, y]: positions (i32), padded with zeros because readers take them by whole vectors. */
export function gatherPositions(pc: usize): void {
  const n = load<i32>(pc, 4), row = load<usize>(pc, 8) << 2;
  let index = load<usize>(pc, 12);
  const x = load<usize>(pc, 16);
  let y = load<usize>(pc, 20);
  for (const end = index + (<usize>n << 2); index < end; index += 4) {
    const from = x + load<usize>(index) * row;
    for (let at: usize = 0; at < row; at += 4, y += 4) store<i32>(y, load<i32>(from + at));
  }
  for (const end = (y + 15) & ~15; y < end; y += 4) store<i32>(y, 0);
}

/** [header, n, inner, index, x, y, size, accumulate] */
export function scatterAdd(pc: usize): void {
  const n = load<i32>(pc, 4), inner = load<i32>(pc, 8);
  let index = load<usize>(pc, 12);
  let x = load<usize>(pc, 16);
  const y = load<usize>(pc, 20);
  const size = load<i32>(pc, 24);
  if (!load<i32>(pc, 28)) memory.fill(y, 0, <usize>size << 3);
  if (inner == 1) addNumbers(x, index, n, y);
  else {
    const end = index + (<usize>n << 2);
    for (; index < end; index += 4) {
      let to = y + (load<usize>(index) * inner << 3);
      for (let j = 0; j < inner; j++, to += 8, x += 8) store<f64>(to, load<f64>(to) + load<f64>(x));
    }
  }
  if (size == 1) v128.store(y, v128.load64_splat(y));
}

/** y[index[i]] += x[i], four at a time. */
function addNumbers(x: usize, index: usize, n: i32, y: usize): void {
  for (; n >= 4; n -= 4, x += 32, index += 16) {
    addNumber(x, index, y);
    addNumber(x + 8, index + 4, y);
    addNumber(x + 16, index + 8, y);
    addNumber(x + 24, index + 12, y);
  }
  for (; n > 0; n--, x += 8, index += 4) addNumber(x, index, y);
}

// @ts-ignore: decorator
@inline
function addNumber(x: usize, index: usize, y: usize): void {
  const to = y + (load<usize>(index) << 3);
  store<f64>(to, load<f64>(to) + load<f64>(x));
}

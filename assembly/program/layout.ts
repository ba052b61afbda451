/** Moves: segments of the input and output vectors, slices, concatenation, transposition. */
import { copyElements } from "../linalg/copy";

/** [header, segments, (offset, length, address)…]: from the input vector to buffers; a single element to both lanes. */
export function unpack(pc: usize, input: usize): void {
  let entry = pc + 8;
  for (let segments = load<i32>(pc, 4); segments > 0; segments--, entry += 12) {
    copyOperand(load<usize>(entry, 8), input + (load<usize>(entry) << 3), load<i32>(entry, 4));
  }
}

/** Fills a buffer that is padded to whole vectors, both lanes of it where there is one element. */
export function copyOperand(to: usize, from: usize, n: i32): void {
  if (n == 1) {
    v128.store(to, v128.load64_splat(from));
    return;
  }
  for (let i = 0; i < n; i += 2, from += 16, to += 16) v128.store(to, v128.load(from));
}

/** [header, segments, (offset, length, address)…]: from buffers to the output vector. */
export function pack(pc: usize, output: usize): void {
  let entry = pc + 8;
  for (let segments = load<i32>(pc, 4); segments > 0; segments--, entry += 12) {
    copyElements(output + (load<usize>(entry) << 3), load<usize>(entry, 8), load<i32>(entry, 4));
  }
}

/** [header, outer, length, inner, start, count, x, y] */
export function slice(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  const start = load<i32>(pc, 16), run = load<i32>(pc, 20) * inner;
  let x = load<usize>(pc, 24) + (<usize>(start * inner) << 3);
  let y = load<usize>(pc, 28);
  if (outer * run == 1) {
    v128.store(y, v128.load64_splat(x));
    return;
  }
  for (let o = 0; o < outer; o++, x += <usize>(length * inner) << 3, y += <usize>run << 3) copyElements(y, x, run);
}

/** [header, outer, length, inner, start, count, x, y] */
export function pad(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  const start = load<i32>(pc, 16), run = load<i32>(pc, 20) * inner;
  let x = load<usize>(pc, 24);
  let y = load<usize>(pc, 28);
  memory.fill(y, 0, <usize>(outer * length * inner) << 3);
  y += <usize>(start * inner) << 3;
  for (let o = 0; o < outer; o++, y += <usize>(length * inner) << 3, x += <usize>run << 3) copyElements(y, x, run);
}

/** [header, outer, parts, y, (address, run)…] */
export function concatenate(pc: usize): void {
  const outer = load<i32>(pc, 4), parts = load<i32>(pc, 8);
  let y = load<usize>(pc, 12);
  for (let o = 0; o < outer; o++) {
    let entry = pc + 16;
    for (let p = 0; p < parts; p++, entry += 8) {
      const run = load<i32>(entry, 4);
      copyElements(y, load<usize>(entry) + (<usize>(o * run) << 3), run);
      y += <usize>run << 3;
    }
  }
}

/** [header, rows, columns, x, y] */
export function transpose(pc: usize): void {
  const rows = load<i32>(pc, 4), columns = load<i32>(pc, 8);
  const x = load<usize>(pc, 12);
  let y = load<usize>(pc, 16);
  for (let c = 0; c < columns; c++) {
    let from = x + (<usize>c << 3);
    for (let r = 0; r < rows; r++, from += <usize>columns << 3, y += 8) store<f64>(y, load<f64>(from));
  }
}

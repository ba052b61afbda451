/**
 * A generalised linear model with standard normal coefficients, fused by hand: one pass over stretches of rows that stay
 * in the nearest cache, in blocks of eight rows, each stored column by column.
 * Data: blocks, columns, x, y, constant, scratch of 2 × columns + 64 numbers.
 */
import { log } from "../../assembly/math/log";
import { addLanes } from "../../assembly/program/lanes";
import { HALF_LOG_TWO_PI } from "./constants";

/** Blocks of a stretch: enough that the processor finds independent work. */
const STRETCH: i32 = 8;
/** Rows whose factors, in (1, 2] and half of them to a lane, stay below 2¹⁰²³ as a product. */
const ROWS_OF_A_PRODUCT: i32 = 1920;

export function regression<L>(data: usize, position: usize, gradient: usize): f64 {
  let blocks = load<i32>(data);
  const bytes = load<usize>(data, 4) << 4;
  let x = load<usize>(data, 8), y = load<usize>(data, 12);
  const constant = load<f64>(load<usize>(data, 16));
  const sums = load<usize>(data, 20);
  const rows = sums + bytes;
  const likelihood = changetype<L>(0);

  memory.fill(sums, 0, bytes);
  let value = f64x2.splat(0), product = f64x2.splat(1);
  let factors = 0;
  while (blocks > 0) {
    const count = min(blocks, STRETCH);
    const end = rows + (<usize>count << 6);
    predict(x, position, bytes, rows, end);
    for (let at = rows; at < end; at += 32, y += 32) {
      const h0 = v128.load(at), h1 = v128.load(at, 16), y0 = v128.load(y), y1 = v128.load(y, 16);
      // @ts-ignore: L is a likelihood
      const e0 = likelihood.exponential(h0), e1 = likelihood.exponential(h1);
      // @ts-ignore: L is a likelihood
      v128.store(at, likelihood.residual(y0, h0, e0));
      // @ts-ignore: L is a likelihood
      v128.store(at, likelihood.residual(y1, h1, e1), 16);
      // @ts-ignore: L is a likelihood
      value = f64x2.add(value, f64x2.add(likelihood.part(y0, h0, e0), likelihood.part(y1, h1, e1)));
      // @ts-ignore: L is a likelihood
      product = likelihood.factor(likelihood.factor(product, e0), e1);
    }
    factors += count << 3;
    if (factors >= ROWS_OF_A_PRODUCT) {
      value = f64x2.sub(value, log(product));
      product = f64x2.splat(1);
      factors = 0;
    }
    x = addRows(x, bytes, rows, end, sums);
    blocks -= count;
  }
  value = f64x2.sub(value, log(product));

  let squares: f64 = 0;
  for (let j: usize = 0; j < bytes; j += 16) {
    const b = load<f64>(position + (j >> 1));
    squares += b * b;
    store<f64>(gradient + (j >> 1), addLanes(v128.load(sums + j)) - b);
  }
  return constant + addLanes(value) - 0.5 * squares - <f64>(bytes >> 4) * HALF_LOG_TWO_PI;
}

/** Linear predictors of blocks of rows. */
// @ts-ignore: decorator
@inline
function predict(x: usize, beta: usize, bytes: usize, rows: usize, end: usize): void {
  for (let row = rows; row < end; row += 64) {
    let h0 = f64x2.splat(0), h1 = h0, h2 = h0, h3 = h0;
    for (let j: usize = 0; j < bytes; j += 16, x += 64) {
      const b = v128.load64_splat(beta + (j >> 1));
      h0 = f64x2.add(h0, f64x2.mul(v128.load(x), b));
      h1 = f64x2.add(h1, f64x2.mul(v128.load(x, 16), b));
      h2 = f64x2.add(h2, f64x2.mul(v128.load(x, 32), b));
      h3 = f64x2.add(h3, f64x2.mul(v128.load(x, 48), b));
    }
    v128.store(row, h0);
    v128.store(row, h1, 16);
    v128.store(row, h2, 32);
    v128.store(row, h3, 48);
  }
}

/** Adds to two lanes of sums for each column the rows times their residuals; gives where the next rows are. */
// @ts-ignore: decorator
@inline
function addRows(x: usize, bytes: usize, rows: usize, end: usize, sums: usize): usize {
  for (let row = rows; row < end; row += 64) {
    const r0 = v128.load(row), r1 = v128.load(row, 16), r2 = v128.load(row, 32), r3 = v128.load(row, 48);
    for (let j: usize = 0; j < bytes; j += 16, x += 64) {
      const low = f64x2.add(f64x2.mul(v128.load(x), r0), f64x2.mul(v128.load(x, 16), r1));
      const high = f64x2.add(f64x2.mul(v128.load(x, 32), r2), f64x2.mul(v128.load(x, 48), r3));
      v128.store(sums + j, f64x2.add(v128.load(sums + j), f64x2.add(low, high)));
    }
  }
  return x;
}

/**
 * A generalised linear model with standard normal coefficients, fused by hand: one pass over blocks of eight rows, each
 * stored column by column. Data: blocks, columns, x, y, constant, scratch of 2 (columns) + 8 numbers.
 */
import { log } from "../../assembly/math/log";
import { addLanes } from "../../assembly/program/lanes";
import { HALF_LOG_TWO_PI } from "./constants";

/** Blocks whose factors, in (1, 2] and four to a lane, stay below 2¹⁰²³ as a product. */
const BLOCKS_OF_A_PRODUCT: i32 = 250;

export function regression<L>(data: usize, position: usize, gradient: usize): f64 {
  let blocks = load<i32>(data);
  const bytes = load<usize>(data, 4) << 4;
  let x = load<usize>(data, 8), y = load<usize>(data, 12);
  const constant = load<f64>(load<usize>(data, 16));
  const sums = load<usize>(data, 20);
  const likelihood = changetype<L>(0);

  memory.fill(sums, 0, bytes);
  let value = f64x2.splat(0);
  let product = f64x2.splat(1);
  let factors = 0;
  for (; blocks > 0; --blocks, y += 64) {
    let h0 = f64x2.splat(0), h1 = h0, h2 = h0, h3 = h0;
    let at = x;
    for (let j: usize = 0; j < bytes; j += 16, at += 64) {
      const b = v128.load64_splat(position + (j >> 1));
      h0 = f64x2.add(h0, f64x2.mul(v128.load(at), b));
      h1 = f64x2.add(h1, f64x2.mul(v128.load(at, 16), b));
      h2 = f64x2.add(h2, f64x2.mul(v128.load(at, 32), b));
      h3 = f64x2.add(h3, f64x2.mul(v128.load(at, 48), b));
    }
    const y0 = v128.load(y), y1 = v128.load(y, 16), y2 = v128.load(y, 32), y3 = v128.load(y, 48);
    // @ts-ignore: L is a likelihood
    const e0 = likelihood.exponential(h0), e1 = likelihood.exponential(h1);
    // @ts-ignore: L is a likelihood
    const e2 = likelihood.exponential(h2), e3 = likelihood.exponential(h3);
    // @ts-ignore: L is a likelihood
    const r0 = likelihood.residual(y0, h0, e0), r1 = likelihood.residual(y1, h1, e1);
    // @ts-ignore: L is a likelihood
    const r2 = likelihood.residual(y2, h2, e2), r3 = likelihood.residual(y3, h3, e3);
    // @ts-ignore: L is a likelihood
    const low = f64x2.add(likelihood.part(y0, h0, e0), likelihood.part(y1, h1, e1));
    // @ts-ignore: L is a likelihood
    const high = f64x2.add(likelihood.part(y2, h2, e2), likelihood.part(y3, h3, e3));
    value = f64x2.add(value, f64x2.add(low, high));
    // @ts-ignore: L is a likelihood
    product = likelihood.factor(likelihood.factor(likelihood.factor(likelihood.factor(product, e0), e1), e2), e3);
    if (++factors == BLOCKS_OF_A_PRODUCT) {
      value = f64x2.sub(value, log(product));
      product = f64x2.splat(1);
      factors = 0;
    }
    for (let j: usize = 0; j < bytes; j += 16, x += 64) {
      const low = f64x2.add(f64x2.mul(v128.load(x), r0), f64x2.mul(v128.load(x, 16), r1));
      const high = f64x2.add(f64x2.mul(v128.load(x, 32), r2), f64x2.mul(v128.load(x, 48), r3));
      v128.store(sums + j, f64x2.add(v128.load(sums + j), f64x2.add(low, high)));
    }
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

/** Vectors in the space of the density: inner products and sums of multiples; padding is zero and stays so. */

import { vectorEnd } from "./space";

/** x·y */
export function dot(x: usize, y: usize): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(x + at), v128.load(y + at)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(x + at, 16), v128.load(y + at, 16)));
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** result = x + scale·y; the result may be either. */
export function addScaled(x: usize, scale: f64, y: usize, result: usize): void {
  const factor = f64x2.splat(scale);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
    v128.store(result + at, f64x2.add(v128.load(x + at), f64x2.mul(factor, v128.load(y + at))));
    v128.store(result + at, f64x2.add(v128.load(x + at, 16), f64x2.mul(factor, v128.load(y + at, 16))), 16);
  }
}

/** result = scale·x; the result may be x. */
export function scaleBy(scale: f64, x: usize, result: usize): void {
  const factor = f64x2.splat(scale);
  for (let at: usize = 0, end = vectorEnd(0); at < end; at += 32) {
    v128.store(result + at, f64x2.mul(factor, v128.load(x + at)));
    v128.store(result + at, f64x2.mul(factor, v128.load(x + at, 16)), 16);
  }
}

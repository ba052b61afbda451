/** A standard Gaussian, fused by hand. Data: dimension. */
import { addLanes } from "../../assembly/program/lanes";
import { HALF_LOG_TWO_PI } from "./constants";

export function gaussian(data: usize, position: usize, gradient: usize): f64 {
  const n = load<i32>(data);
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let left = n;
  for (; left >= 8; left -= 8, position += 64, gradient += 64) {
    const a = v128.load(position), b = v128.load(position, 16), c = v128.load(position, 32), d = v128.load(position, 48);
    s0 = f64x2.add(s0, f64x2.mul(a, a));
    s1 = f64x2.add(s1, f64x2.mul(b, b));
    s2 = f64x2.add(s2, f64x2.mul(c, c));
    s3 = f64x2.add(s3, f64x2.mul(d, d));
    v128.store(gradient, f64x2.neg(a));
    v128.store(gradient, f64x2.neg(b), 16);
    v128.store(gradient, f64x2.neg(c), 32);
    v128.store(gradient, f64x2.neg(d), 48);
  }
  let sum = addLanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (; left > 0; --left, position += 8, gradient += 8) {
    const x = load<f64>(position);
    sum += x * x;
    store<f64>(gradient, -x);
  }
  return -0.5 * sum - <f64>n * HALF_LOG_TWO_PI;
}

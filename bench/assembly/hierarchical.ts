/** Normal regression with varying intercepts, fused by hand. Data: rows, groups, y, x, group, constant. */
import { addLanes } from "../../assembly/program/lanes";
import { expOf } from "./scalar";

export function hierarchical(data: usize, position: usize, gradient: usize): f64 {
  const rows = load<i32>(data), groups = load<i32>(data, 4);
  let y = load<usize>(data, 8), x = load<usize>(data, 12), group = load<usize>(data, 16);
  const constant = load<f64>(load<usize>(data, 20));
  const level = position + 16, slopes = gradient + 16;
  const behind = <usize>groups << 3;
  const mean = load<f64>(position), logSpread = load<f64>(position, 8);
  const slope = load<f64>(level + behind), logSigma = load<f64>(level + behind, 8);
  const spread = expOf(logSpread), sigma = expOf(logSigma);
  const precision = 1 / (sigma * sigma), groupPrecision = 1 / (spread * spread);

  memory.fill(slopes, 0, behind);
  const factor = f64x2.splat(slope);
  let s0 = f64x2.splat(0), s1 = s0, p0 = s0, p1 = s0;
  let left = rows;
  for (; left >= 4; left -= 4, y += 32, x += 32, group += 16) {
    const a = load<usize>(group) << 3, b = load<usize>(group, 4) << 3;
    const c = load<usize>(group, 8) << 3, d = load<usize>(group, 12) << 3;
    const u = v128.load(x), v = v128.load(x, 16);
    const r = f64x2.sub(f64x2.sub(v128.load(y), both(level + a, level + b)), f64x2.mul(factor, u));
    const s = f64x2.sub(f64x2.sub(v128.load(y, 16), both(level + c, level + d)), f64x2.mul(factor, v));
    s0 = f64x2.add(s0, f64x2.mul(r, r));
    s1 = f64x2.add(s1, f64x2.mul(s, s));
    p0 = f64x2.add(p0, f64x2.mul(r, u));
    p1 = f64x2.add(p1, f64x2.mul(s, v));
    add(slopes + a, f64x2.extract_lane(r, 0));
    add(slopes + b, f64x2.extract_lane(r, 1));
    add(slopes + c, f64x2.extract_lane(s, 0));
    add(slopes + d, f64x2.extract_lane(s, 1));
  }
  let squares = addLanes(f64x2.add(s0, s1)), products = addLanes(f64x2.add(p0, p1));
  for (; left > 0; --left, y += 8, x += 8, group += 4) {
    const g = load<usize>(group) << 3;
    const r = load<f64>(y) - load<f64>(level + g) - slope * load<f64>(x);
    squares += r * r;
    products += r * load<f64>(x);
    add(slopes + g, r);
  }

  let deviations: f64 = 0, deviation: f64 = 0;
  for (let g: usize = 0; g < behind; g += 8) {
    const d = load<f64>(level + g) - mean;
    deviation += d;
    deviations += d * d;
    store<f64>(slopes + g, precision * load<f64>(slopes + g) - groupPrecision * d);
  }
  store<f64>(gradient, groupPrecision * deviation - mean * 0.01);
  store<f64>(gradient, groupPrecision * deviations - <f64>groups - spread * spread + 1, 8);
  store<f64>(slopes + behind, precision * products - slope * 0.01);
  store<f64>(slopes + behind, precision * squares - <f64>rows - sigma * sigma + 1, 8);
  return constant - 0.5 * (precision * squares + groupPrecision * deviations)
    - <f64>(rows - 1) * logSigma - <f64>(groups - 1) * logSpread
    - 0.5 * (spread * spread + sigma * sigma) - 0.005 * (mean * mean + slope * slope);
}

// @ts-ignore: decorator
@inline
function both(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

// @ts-ignore: decorator
@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

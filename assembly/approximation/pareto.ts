/**
 * Importance weights with a Pareto-smoothed tail, and draws by them, in the module's own functions: what is resampled is
 * a draw, and must be the same on every engine. Method and constants as in src/diagnostics/pareto-smoothing.ts.
 */

import { exp, expm1, log, log1p } from "../math/scalar";
import { allocate } from "../memory";
import { seed, STATE_BYTES, uniform } from "../random/xoshiro";

const LEAST_GRID: i32 = 30;
const PRIOR: f64 = 3;
const PSEUDO_OBSERVATIONS: f64 = 10;

/** The shape of greatest likelihood at θ = −shape/scale. */
function shapeAt(theta: f64, values: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let at = values, end = values + (<usize>count << 3); at < end; at += 8) sum += log1p(-theta * load<f64>(at));
  return sum / <f64>count;
}

/** Log likelihood at θ, maximised over the shape. */
function profile(theta: f64, values: usize, count: i32): f64 {
  const shape = shapeAt(theta, values, count);
  return <f64>count * (log(-theta / shape) - shape - 1);
}

/**
 * Smooth the tail of importance weights in place: `tail` holds the logarithms of the largest, ascending, relative to the
 * largest of all, and `cutoff` the one below them. `scratch` has room for `count` numbers. Returns the shape; nothing is
 * smoothed where that is not finite (Zhang & Stephens 2009; Vehtari et al. 2024).
 */
export function smoothTail(tail: usize, count: i32, cutoff: f64, scratch: usize): f64 {
  const bound = exp(cutoff);
  for (let i: usize = 0; i < <usize>count; ++i) store<f64>(scratch + (i << 3), exp(load<f64>(tail + (i << 3))) - bound);
  const largest = load<f64>(scratch + (<usize>(count - 1) << 3));
  const quartile = load<f64>(scratch + (<usize>(<i32>floor<f64>(<f64>count / 4 + 0.5) - 1) << 3));
  const points = LEAST_GRID + <i32>floor<f64>(sqrt<f64>(<f64>count));

  let best: f64 = -Infinity;
  for (let j = 0; j < points; ++j) best = max<f64>(best, profile(gridPoint(j, points, largest, quartile), scratch, count));
  let total: f64 = 0;
  let theta: f64 = 0;
  for (let j = 0; j < points; ++j) {
    const point = gridPoint(j, points, largest, quartile);
    const weight = exp(profile(point, scratch, count) - best);
    total += weight;
    theta += weight * point;
  }
  theta /= total;
  const raw = shapeAt(theta, scratch, count);
  const n = <f64>count;
  const shape = (n * raw + PSEUDO_OBSERVATIONS / 2) / (n + PSEUDO_OBSERVATIONS);
  if (!isFinite(shape)) return Infinity;
  const scale = -raw / theta;
  for (let i: usize = 0; i < <usize>count; ++i) {
    const exponential = -log1p(-(<f64>i + 0.5) / n);
    const excess = scale * (shape == 0 ? exponential : expm1(shape * exponential) / shape);
    store<f64>(tail + (i << 3), min<f64>(log(bound + excess), 0));
  }
  return shape;
}

// @ts-ignore: decorator
@inline
function gridPoint(j: i32, points: i32, largest: f64, quartile: f64): f64 {
  return 1 / largest + (1 - sqrt<f64>(<f64>points / (<f64>j + 0.5))) / (PRIOR * quartile);
}

/**
 * `draws` numbers below `count` (i32), each independently with probability proportional to exp(logWeights); the weights
 * are replaced by their running sums.
 */
export function sampleByWeight(logWeights: usize, count: i32, key: u64, stream: u32, draws: i32, indices: usize): void {
  const state = allocate(STATE_BYTES);
  seed(state, key, stream);
  let total: f64 = 0;
  for (let at = logWeights, end = logWeights + (<usize>count << 3); at < end; at += 8) {
    total += exp(load<f64>(at));
    store<f64>(at, total);
  }
  for (let draw = 0; draw < draws; ++draw) {
    const target = uniform(state) * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (load<f64>(logWeights + (<usize>middle << 3)) > target) high = middle;
      else low = middle + 1;
    }
    store<i32>(indices + (<usize>draw << 2), low);
  }
}

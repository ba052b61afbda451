/**
 * Running means and (co)variances of draws and of their scores (gradients of the log density), over two windows: the current
 * one, and it with the one before (Seyboldt et al., nutpie: foreground and background).
 */

import { dimension } from "../program/target";
import { DENSE, LOW_RANK } from "../dynamics/metric";
import { vectorBytes } from "../dynamics/space";
import { Chain } from "./chain";
import { rememberFurther } from "./extension";

/** Means of draws and scores, then their sums of squared deviations. */
// @ts-ignore: decorator
@inline
function meanBytes(): usize {
  return 2 * vectorBytes();
}

/** Forget everything. */
export function clearScores(chain: Chain): void {
  chain.foregroundCount = 0;
  chain.backgroundCount = 0;
  memory.fill(chain.foreground, 0, 2 * chain.scoreBytes);
}

/** The current window becomes the one before. */
export function turnWindow(chain: Chain): void {
  chain.foregroundCount = chain.backgroundCount;
  chain.backgroundCount = 0;
  memory.copy(chain.foreground, chain.background, chain.scoreBytes);
  memory.fill(chain.background, 0, chain.scoreBytes);
}

/** Add a draw and its score to both. */
export function addScore(chain: Chain, position: usize, score: usize): void {
  accumulate(chain.foreground, (chain.foregroundCount += 1), chain.reserved, position, score);
  accumulate(chain.background, (chain.backgroundCount += 1), chain.reserved, position, score);
  if (chain.reserved == LOW_RANK) rememberFurther(chain, position, score);
}

function accumulate(block: usize, count: f64, metric: i32, position: usize, score: usize): void {
  const squares = block + meanBytes();
  const half = metric == DENSE ? <usize>dimension() * vectorBytes() : vectorBytes();
  welford(block, squares, count, metric, position);
  welford(block + vectorBytes(), squares + half, count, metric, score);
}

/** Take in one vector (Welford 1962); of matrices the lower triangle. */
function welford(mean: usize, squares: usize, count: f64, metric: i32, vector: usize): void {
  const size = <usize>dimension();
  const weight = 1 / count;
  // (x − old mean)(x − new mean)ᵀ = (1 − 1/n) δδᵀ with δ = x − old mean.
  const shrink = 1 - weight;
  const bytes = size << 3;
  if (metric == DENSE) {
    for (let i: usize = 0; i < size; ++i) {
      const scale = shrink * (load<f64>(vector + (i << 3)) - load<f64>(mean + (i << 3)));
      const row = squares + i * vectorBytes();
      for (let at: usize = 0, end = (i + 1) << 3; at < end; at += 8) {
        store<f64>(row + at, load<f64>(row + at) + scale * (load<f64>(vector + at) - load<f64>(mean + at)));
      }
    }
  } else {
    for (let at: usize = 0; at < bytes; at += 8) {
      const delta = load<f64>(vector + at) - load<f64>(mean + at);
      store<f64>(squares + at, load<f64>(squares + at) + shrink * delta * delta);
    }
  }
  for (let at: usize = 0; at < bytes; at += 8) {
    const delta = load<f64>(vector + at) - load<f64>(mean + at);
    store<f64>(mean + at, load<f64>(mean + at) + weight * delta);
  }
}

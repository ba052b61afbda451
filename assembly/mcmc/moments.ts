/**
 * Running mean and (co)variance of the positions of a window (Welford 1962), and the regularised metric they
 * give.
 */

import { dimension } from "../program/target";
import { allocate } from "../memory";
import { cholesky } from "../linalg/cholesky";
import { DENSE, momentBytes, rootBytes } from "../dynamics/metric";
import { vectorBytes } from "../dynamics/space";
import { Chain } from "./chain";

/** Draws' worth of prior weight, and the prior variance, towards which Stan shrinks the estimate. */
const PRIOR_DRAWS: f64 = 5;
const PRIOR_VARIANCE: f64 = 1e-3;

/** Forget the window. */
export function clearMoments(chain: Chain): void {
  chain.momentCount = 0;
  memory.fill(chain.mean, 0, vectorBytes());
  memory.fill(chain.moments, 0, momentBytes(chain.metric));
}

/** Add the chain's position. */
export function addMoment(chain: Chain): void {
  const count = <usize>dimension();
  const position = chain.position;
  const mean = chain.mean;
  const weight = 1 / (chain.momentCount += 1);
  // (x − old mean)(x − new mean)ᵀ = (1 − 1/n) δδᵀ with δ = x − old mean.
  const shrink = 1 - weight;
  if (chain.metric == DENSE) {
    for (let i: usize = 0; i < count; ++i) {
      const scale = shrink * (load<f64>(position + (i << 3)) - load<f64>(mean + (i << 3)));
      const row = chain.moments + i * vectorBytes();
      for (let at: usize = 0, end = (i + 1) << 3; at < end; at += 8) {
        store<f64>(row + at, load<f64>(row + at) + scale * (load<f64>(position + at) - load<f64>(mean + at)));
      }
    }
    for (let at: usize = 0, end = count << 3; at < end; at += 8) {
      store<f64>(mean + at, load<f64>(mean + at) + weight * (load<f64>(position + at) - load<f64>(mean + at)));
    }
    return;
  }
  const moments = chain.moments;
  for (let at: usize = 0, end = count << 3; at < end; at += 8) {
    const delta = load<f64>(position + at) - load<f64>(mean + at);
    store<f64>(mean + at, load<f64>(mean + at) + weight * delta);
    store<f64>(moments + at, load<f64>(moments + at) + shrink * delta * delta);
  }
}

let factor: usize = 0;

/**
 * Make the window's regularised (co)variance the inverse metric; the old metric stays if the new one is not
 * positive and finite.
 */
export function learnMetric(chain: Chain): void {
  const count = <usize>dimension();
  const draws = chain.momentCount;
  const scale = draws / (draws + PRIOR_DRAWS) / (draws - 1);
  const ridge = PRIOR_VARIANCE * (PRIOR_DRAWS / (draws + PRIOR_DRAWS));
  const moments = chain.moments;
  if (!(draws > 1)) return;
  if (chain.metric == DENSE) {
    const bytes = vectorBytes();
    for (let i: usize = 0; i < count; ++i) {
      const row = moments + i * bytes;
      for (let j: usize = 0; j <= i; ++j) {
        store<f64>(row + (j << 3), scale * load<f64>(row + (j << 3)) + (i == j ? ridge : 0));
      }
    }
    // The factor is made beside the old root, for it may fail.
    if (!factor) factor = allocate(rootBytes(DENSE));
    if (cholesky(moments, bytes, <i32>count, factor)) memory.copy(chain.root, factor, rootBytes(DENSE));
    return;
  }
  for (let at: usize = 0, end = count << 3; at < end; at += 8) {
    const variance = scale * load<f64>(moments + at) + ridge;
    if (variance > 0 && variance < Infinity) store<f64>(chain.root + at, sqrt<f64>(variance));
  }
}

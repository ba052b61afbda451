/**
 * The metric that brings the Fisher divergence between the whitened posterior and a standard normal to its minimum
 * (Seyboldt, Carlson & Carpenter 2026, "Preconditioning Hamiltonian Monte Carlo by minimizing Fisher divergence"): it makes
 * the covariance of draws that of scores, and for a Gaussian it is right after as many draws as there are dimensions.
 */

import { dimension } from "../program/target";
import { allocate } from "../memory";
import { cholesky } from "../linalg/cholesky";
import { geometricMean, geometricMeanBytes } from "../linalg/geometric-mean";
import { DENSE, DIAGONAL, LOW_RANK, rootBytes } from "../dynamics/metric";
import { clearPadding, vectorBytes } from "../dynamics/space";
import { Chain } from "./chain";
import { learnFurther } from "./extension";

/** Scales further apart from 1 are not believed. */
const LARGEST_SCALE: f64 = 1e10;
/** Draws' worth of weight on the scales alone, against correlations that few draws suggest. */
const PRIOR_DRAWS: f64 = 0.01;
/** Where the sums of a row's correlations stay below this, the condition is below 3 and they are left out. */
const NEGLIGIBLE: f64 = 0.5;

/** Beyond this mean of the squared whitened scores correlations are left out. */
const FAR_FROM_GAUSSIAN: f64 = 1.4;
/** Fewer draws do not tell. */
const ENOUGH: f64 = 50;

let work: usize = 0;
let scales: usize = 0;

/** Make the metric what the foreground window says; what it says nothing of stays. */
export function learnFisher(chain: Chain): void {
  if (!(chain.foregroundCount > 2)) return;
  if (chain.reserved == DENSE) {
    learnDense(chain);
    return;
  }
  learnDiagonal(chain);
  if (chain.reserved == LOW_RANK) learnFurther(chain);
}

/** A diagonal root has one row only. */
function beDiagonal(chain: Chain): void {
  chain.metric = DIAGONAL;
  clearPadding(chain.root);
}

/** Standard deviation from the sums of squares of draws and scores; NaN where they do not tell. */
// @ts-ignore: decorator
@inline
export function scaleOf(draws: f64, scores: f64): f64 {
  const scale = sqrt<f64>(sqrt<f64>(draws / scores));
  return scale > 1 / LARGEST_SCALE && scale < LARGEST_SCALE ? scale : NaN;
}

function learnDiagonal(chain: Chain): void {
  const draws = chain.foreground + 2 * vectorBytes();
  const scores = draws + vectorBytes();
  for (let at: usize = 0, end = <usize>dimension() << 3; at < end; at += 8) {
    const scale = scaleOf(load<f64>(draws + at), load<f64>(scores + at));
    if (scale == scale) store<f64>(chain.root + at, scale);
  }
}

function learnDense(chain: Chain): void {
  const count = dimension();
  const n = <usize>count;
  const rowBytes = vectorBytes();
  const matrix = n * rowBytes;
  const draws = chain.foreground + 2 * rowBytes;
  const scores = draws + matrix;
  if (!work) {
    work = allocate(2 * matrix + geometricMeanBytes(count, rowBytes));
    scales = allocate(rowBytes);
  }
  for (let i: usize = 0; i < n; ++i) {
    const diagonal = i * (rowBytes + 8);
    const scale = scaleOf(load<f64>(draws + diagonal), load<f64>(scores + diagonal));
    if (scale != scale) return;
    store<f64>(scales + (i << 3), scale);
  }
  const a = work;
  const b = work + matrix;
  const ridge = PRIOR_DRAWS / chain.foregroundCount;
  const weight = (1 - ridge) / (chain.foregroundCount - 1);
  for (let i: usize = 0; i < n; ++i) {
    const scale = load<f64>(scales + (i << 3));
    for (let j: usize = 0; j <= i; ++j) {
      const both = scale * load<f64>(scales + (j << 3));
      const at = i * rowBytes + (j << 3);
      const own = i == j ? ridge : 0;
      store<f64>(a + at, weight * load<f64>(draws + at) / both + own);
      store<f64>(b + at, weight * load<f64>(scores + at) * both + own);
    }
  }
  // By Stein's identity 2 tr(Σ B) − 2d is the Fisher divergence that is left: 0 for Gaussians. Where it is large, scores say
  // more of the narrow places than of the whole, and shorter trajectories would mix worse than the diagonal metric's.
  const most = chain.mayBeDiagonal && chain.foregroundCount >= ENOUGH ? FAR_FROM_GAUSSIAN * <f64>count : Infinity;
  const trace = geometricMean(count, a, b, rowBytes, most, b + matrix);
  if (trace > most) {
    beDiagonal(chain);
    memory.copy(chain.root, scales, n << 3);
    return;
  }
  if (!(trace > 0)) return;
  let correlated: f64 = 0;
  for (let i: usize = 0; i < n; ++i) {
    let sum: f64 = 0;
    for (let j: usize = 0; j < n; ++j) {
      if (j != i) sum += abs(load<f64>(j < i ? a + i * rowBytes + (j << 3) : a + j * rowBytes + (i << 3)));
    }
    correlated = max(correlated, sum / load<f64>(a + i * (rowBytes + 8)));
  }
  if (!(correlated < Infinity)) return;
  for (let i: usize = 0; i < n; ++i) {
    const scale = load<f64>(scales + (i << 3));
    for (let j: usize = 0; j <= i; ++j) {
      const at = a + i * rowBytes + (j << 3);
      store<f64>(at, load<f64>(at) * scale * load<f64>(scales + (j << 3)));
    }
  }
  if (chain.mayBeDiagonal && correlated < NEGLIGIBLE) {
    beDiagonal(chain);
    for (let i: usize = 0; i < n; ++i) store<f64>(chain.root + (i << 3), sqrt<f64>(load<f64>(a + i * (rowBytes + 8))));
    return;
  }
  if (!cholesky(a, rowBytes, count, b)) return;
  chain.metric = DENSE;
  memory.copy(chain.root, b, rootBytes(DENSE));
}

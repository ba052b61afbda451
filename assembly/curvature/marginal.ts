/**
 * The log density of hyperparameters with latent parameters integrated out by Laplace's method (Tierney & Kadane 1986; Rue,
 * Martino & Chopin 2009), and its gradient by implicit differentiation through the mode of the latents.
 */

import { factorRaised } from "./definite";
import { curvatureSlope, multiplyHessian, setProductPosition } from "./product";
import { addScaled, dot } from "../dynamics/vector";
import { climb, reached } from "../optimize/lineSearch";
import { allocate } from "../memory";
import { log } from "../math/scalar";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { copyVector, vectorBytes } from "../dynamics/space";
import { solveUpperByRows, solveUpperTransposed } from "../linalg/triangular-solve";
import { dimension } from "../program/target";
import { normal } from "../random/normal";

const LOG_TWO_PI: f64 = 1.8378770664093453;
const ITERATIONS = 100;
/** Latents whose last step moves no further than this, relative to max(1, |latent|), are at their mode. */
const SETTLED: f64 = 1e-12;

let latents: usize = 0;
let hypers: usize = 0;
let latentCount: i32 = 0;
let hyperCount: i32 = 0;
/** No two latents meet given the hyperparameters: the Hessian among them is diagonal. */
let separable: bool = false;

let position: usize = 0;
let gradient: usize = 0;
let step: usize = 0;
let vector: usize = 0;
let product: usize = 0;
let slopes: usize = 0;
/** Where latents start. */
let origin: usize = 0;
/** −H among latents and its factor; vectors of their number where these are diagonal. */
let matrix: usize = 0;
let factor: usize = 0;
let small: usize = 0;

/** Indices (i32) of the latent and of the other coordinates; all that is needed is allocated once. */
export function configureMarginal(latentIndices: usize, countOfLatents: i32, others: usize, countOfOthers: i32, diagonal: bool): void {
  latents = latentIndices;
  latentCount = countOfLatents;
  hypers = others;
  hyperCount = countOfOthers;
  separable = diagonal;
  const bytes = vectorBytes();
  position = allocate(7 * bytes);
  gradient = position + bytes;
  step = gradient + bytes;
  vector = step + bytes;
  product = vector + bytes;
  slopes = product + bytes;
  origin = slopes + bytes;
  const size = <usize>latentCount;
  const elements = separable ? size : size * size;
  matrix = allocate((elements << 3) + 32);
  factor = allocate((elements << 3) + 32);
  small = allocate((size << 3) + 32);
}

/** Where latents start at each evaluation: a full position, of which theirs are read. */
export function marginalOrigin(): usize {
  return origin;
}

/** The position with the latents at their mode, of the last evaluation. */
export function marginalPosition(): usize {
  return position;
}

// @ts-ignore: decorator
@inline
function latent(i: i32): usize {
  return <usize>load<i32>(latents + (<usize>i << 2)) << 3;
}

// @ts-ignore: decorator
@inline
function hyper(i: i32): usize {
  return <usize>load<i32>(hypers + (<usize>i << 2)) << 3;
}

/** −H among the latents at the position. */
function evaluateCurvature(): void {
  setProductPosition(position);
  memory.fill(vector, 0, vectorBytes());
  if (separable) {
    for (let i = 0; i < latentCount; i++) store<f64>(vector + latent(i), 1);
    multiplyHessian(vector, product);
    for (let i = 0; i < latentCount; i++) store<f64>(matrix + (<usize>i << 3), -load<f64>(product + latent(i)));
    return;
  }
  let at = matrix;
  for (let i = 0; i < latentCount; i++) {
    store<f64>(vector + latent(i), 1);
    multiplyHessian(vector, product);
    store<f64>(vector + latent(i), 0);
    for (let j = 0; j < latentCount; j++, at += 8) store<f64>(at, -load<f64>(product + latent(j)));
  }
}

/** x = A⁻¹·x in place, by the factor. */
function solve(x: usize): void {
  const n = latentCount;
  if (separable) {
    for (let i = 0; i < n; i++) {
      const at = <usize>i << 3;
      const root = load<f64>(factor + at);
      store<f64>(x + at, load<f64>(x + at) / (root * root));
    }
    return;
  }
  solveUpperTransposed(n, factor, <usize>n << 3, x);
  solveUpperByRows(n, factor, <usize>n << 3, x, x);
}

/** Newton's way from the origin to the mode of the latents; log density there, or NaN where there is none. */
function findMode(): f64 {
  copyVector(position, evaluationPosition());
  let value = evaluateDensity();
  copyVector(evaluationGradient(), gradient);
  memory.fill(step, 0, vectorBytes());
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    if (!(value - value == 0)) return NaN;
    evaluateCurvature();
    const share = factorRaised(latentCount, matrix, factor, separable);
    if (share == Infinity) return NaN;
    for (let i = 0; i < latentCount; i++) store<f64>(small + (<usize>i << 3), load<f64>(gradient + latent(i)));
    solve(small);
    let move: f64 = 0;
    for (let i = 0; i < latentCount; i++) {
      const change = load<f64>(small + (<usize>i << 3));
      store<f64>(step + latent(i), change);
      move = max(move, abs(change) / max<f64>(1, abs(load<f64>(position + latent(i)))));
    }
    const slope = dot(step, gradient);
    if (share == 0 && (move <= SETTLED || slope == 0)) return value;
    if (!(slope > 0) || !climb(position, step, value, slope, 1)) return share == 0 && move < 1e-6 ? value : NaN;
    copyVector(evaluationPosition(), position);
    copyVector(evaluationGradient(), gradient);
    value = reached;
  }
  return NaN;
}

/**
 * Log density of the hyperparameters; writes its gradient. NaN where the latents have no mode. Leaves position, factor and
 * gradient at the mode.
 */
export function marginalDensity(hyperparameters: usize, result: usize): f64 {
  const n = latentCount;
  copyVector(origin, position);
  for (let i = 0; i < hyperCount; i++) store<f64>(position + hyper(i), load<f64>(hyperparameters + (<usize>i << 3)));
  const value = findMode();
  if (!(value - value == 0)) return NaN;
  // ∂(vᵀ∇²f v) of the columns v of the inverse factor adds up to the derivative of −log|A|.
  const bytes = vectorBytes();
  memory.fill(slopes, 0, bytes);
  memory.fill(vector, 0, bytes);
  setProductPosition(position);
  let logDeterminant: f64 = 0;
  if (separable) {
    for (let i = 0; i < n; i++) {
      const root = load<f64>(factor + (<usize>i << 3));
      logDeterminant += log(root);
      store<f64>(vector + latent(i), 1 / root);
    }
    curvatureSlope(vector, slopes);
  } else {
    for (let k = 0, at = factor; k < n; k++, at += (<usize>n + 1) << 3) {
      logDeterminant += log(load<f64>(at));
      memory.fill(small, 0, <usize>n << 3);
      store<f64>(small + (<usize>k << 3), 1);
      solveUpperByRows(n, factor, <usize>n << 3, small, small);
      for (let i = 0; i < n; i++) store<f64>(vector + latent(i), load<f64>(small + (<usize>i << 3)));
      curvatureSlope(vector, product);
      addScaled(slopes, 1, product, slopes);
    }
  }
  for (let i = 0; i < n; i++) store<f64>(small + (<usize>i << 3), 0.5 * load<f64>(slopes + latent(i)));
  solve(small);
  memory.fill(vector, 0, bytes);
  for (let i = 0; i < n; i++) store<f64>(vector + latent(i), load<f64>(small + (<usize>i << 3)));
  multiplyHessian(vector, product);
  for (let i = 0; i < hyperCount; i++) {
    const at = hyper(i);
    store<f64>(result + (<usize>i << 3), load<f64>(gradient + at) + 0.5 * load<f64>(slopes + at) + load<f64>(product + at));
  }
  return value + 0.5 * <f64>n * LOG_TWO_PI - logDeterminant;
}

/**
 * A draw of the latents given the hyperparameters of the last evaluation: the whole position to `result`. Gives −½zᵀz less
 * the logarithm of the normal density's scale: its log density.
 */
export function drawLatents(random: usize, result: usize): f64 {
  const n = latentCount;
  let logDensity: f64 = -0.5 * <f64>n * LOG_TWO_PI;
  for (let i = 0; i < n; i++) {
    const z = normal(random);
    store<f64>(small + (<usize>i << 3), z);
    logDensity -= 0.5 * z * z;
    logDensity += log(load<f64>(factor + (separable ? <usize>i << 3 : <usize>i * (<usize>n + 1) << 3)));
  }
  if (separable) {
    for (let at: usize = 0, end = <usize>n << 3; at < end; at += 8) store<f64>(small + at, load<f64>(small + at) / load<f64>(factor + at));
  } else solveUpperByRows(n, factor, <usize>n << 3, small, small);
  memory.copy(result, position, <usize>dimension() << 3);
  for (let i = 0; i < n; i++) {
    const at = result + latent(i);
    store<f64>(at, load<f64>(at) + load<f64>(small + (<usize>i << 3)));
  }
  return logDensity;
}

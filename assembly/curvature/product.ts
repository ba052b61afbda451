/** Products of the Hessian of the log density with vectors: exact where the program has them, else from two gradients. */

import { addScaled, dot } from "../dynamics/vector";
import { allocate } from "../memory";
import { evaluateDensity, evaluationGradient, evaluationPosition } from "../dynamics/evaluation";
import { clearPadding, copyVector, vectorBytes } from "../dynamics/space";
import { call, dimension } from "../program/target";

const HESSIAN_VECTOR: i32 = 5;
const CURVATURE_SLOPE: i32 = 7;
/** The cube root of the rounding unit, best for central differences. */
const DIFFERENCE: f64 = 6.055454452393343e-6;

let exact: bool = false;
/** Position and vector, one right behind the other, as the procedure takes them. */
let block: usize = 0;
/** The position again, padded. */
let origin: usize = 0;
/** What procedures write; whole vectors, and so one beyond the last. */
let output: usize = 0;
let scale: f64 = 1;

/** Number of products made. */
export let products: f64 = 0;

/** Whether the program has a procedure for products. */
export function configureProducts(hasProcedure: bool): void {
  exact = hasProcedure;
}

export function productCount(): f64 {
  return products;
}

/** Products from now on are with the Hessian at this position. */
export function setProductPosition(position: usize): void {
  const bytes = vectorBytes();
  if (!block) {
    block = allocate(4 * bytes + 16);
    origin = block + 2 * bytes;
    output = origin + bytes;
  }
  memory.copy(block, position, <usize>dimension() << 3);
  memory.copy(origin, position, <usize>dimension() << 3);
  scale = 1 + sqrt(dot(origin, origin));
}

function callWith(procedure: i32, vector: usize, result: usize): void {
  const bytes = <usize>dimension() << 3;
  memory.copy(block + bytes, vector, bytes);
  call(procedure, block, output);
  copyVector(output, result);
  clearPadding(result);
}

/** result = the gradient of vᵀHv for v = vector; programs only. */
export function curvatureSlope(vector: usize, result: usize): void {
  callWith(CURVATURE_SLOPE, vector, result);
}

/** result = H·vector; both padded, the result's padding is cleared. */
export function multiplyHessian(vector: usize, result: usize): void {
  products += 1;
  if (exact) {
    callWith(HESSIAN_VECTOR, vector, result);
    return;
  }
  const length = sqrt(dot(vector, vector));
  if (length == 0) {
    memory.fill(result, 0, vectorBytes());
    return;
  }
  const step = (DIFFERENCE * scale) / length;
  addScaled(origin, step, vector, evaluationPosition());
  evaluateDensity();
  copyVector(evaluationGradient(), result);
  addScaled(origin, -step, vector, evaluationPosition());
  evaluateDensity();
  addScaled(result, -1, evaluationGradient(), result);
  const factor = 0.5 / step;
  for (let at = result, end = result + (<usize>dimension() << 3); at < end; at += 8) store<f64>(at, factor * load<f64>(at));
}

/** The whole Hessian, and what it and its factor give: Gaussian draws and standard errors. */

import { multiplyHessian, setProductPosition } from "./product";
import { allocate } from "../memory";
import { call, dimension } from "../program/target";
import { solveTriangular, solveUpperTransposed } from "../linalg/triangular-solve";
import { log } from "../math/scalar";
import { normal } from "../random/normal";
import { vectorBytes } from "../dynamics/space";

const PULLBACK: i32 = 6;

let unit: usize = 0;
let product: usize = 0;

/** Rows `first` to `first + count` of −H at the position into an n×n matrix without padding. */
export function precisionRows(position: usize, first: i32, count: i32, matrix: usize): void {
  const bytes = vectorBytes();
  if (!unit) {
    unit = allocate(2 * bytes);
    product = unit + bytes;
  }
  setProductPosition(position);
  const n = dimension();
  let row = matrix + ((<usize>first * <usize>n) << 3);
  for (let i = first; i < first + count; i++) {
    const at = unit + (<usize>i << 3);
    store<f64>(at, 1);
    multiplyHessian(unit, product);
    store<f64>(at, 0);
    for (let j: usize = 0, end = <usize>n << 3; j < end; j += 8) store<f64>(row + j, -load<f64>(product + j));
    row += <usize>n << 3;
  }
}

/** Both triangles become their mean; the largest difference between them. */
export function symmetrise(n: i32, matrix: usize): f64 {
  const row = <usize>n << 3;
  let most: f64 = 0;
  for (let i = 1; i < n; i++) {
    let left = matrix + <usize>i * row;
    let above = matrix + (<usize>i << 3);
    for (let j = 0; j < i; j++, left += 8, above += row) {
      const a = load<f64>(left), b = load<f64>(above);
      most = max(most, abs(a - b));
      const mean = 0.5 * (a + b);
      store<f64>(left, mean);
      store<f64>(above, mean);
    }
  }
  return most;
}

/** log |UᵀU| */
export function logDeterminant(n: i32, factor: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++, factor += (<usize>n + 1) << 3) sum += log(load<f64>(factor));
  return 2 * sum;
}

/** x = U⁻ᵀ·x in place for each of `count` rows of length n. */
export function whitenRows(n: i32, factor: usize, rows: usize, count: i32): void {
  const row = <usize>n << 3;
  for (let i = 0; i < count; i++, rows += row) solveUpperTransposed(n, factor, row, rows);
}

/** Gradients of the quantities `first` to `first + count`, of `quantities`, at a position: rows of length n. */
export function quantityGradients(position: usize, quantities: i32, first: i32, count: i32, rows: usize, input: usize): void {
  const row = <usize>dimension() << 3;
  memory.copy(input, position, row);
  const weights = input + row;
  memory.fill(weights, 0, <usize>quantities << 3);
  for (let k = first; k < first + count; k++, rows += row) {
    store<f64>(weights + (<usize>k << 3), 1);
    call(PULLBACK, input, rows);
    store<f64>(weights + (<usize>k << 3), 0);
  }
}

/** Draws beside one another: the solution of a triangular system takes them together. */
export const WIDTH: i32 = 64;

/**
 * `count` draws of normal(mode, (UᵀU)⁻¹) behind one another, and for each −½ zᵀz, its log density up to a constant.
 * `work` holds n·64 numbers. How draws are cut into calls does not change them when all but the last have 64.
 */
export function drawDense(
  n: i32, factor: usize, mode: usize, random: usize, count: i32, positions: usize, exponents: usize, work: usize,
): void {
  const row = <usize>WIDTH << 3;
  const bytes = <usize>n << 3;
  for (; count > 0; count -= WIDTH) {
    const width = min(WIDTH, count);
    for (let draw = 0; draw < width; draw++) {
      let squares: f64 = 0;
      for (let i = 0, at = work + (<usize>draw << 3); i < n; i++, at += row) {
        const z = normal(random);
        squares += z * z;
        store<f64>(at, z);
      }
      store<f64>(exponents, -0.5 * squares);
      exponents += 8;
    }
    const last = <usize>(n - 1);
    const end = work + last * row;
    solveTriangular(n, width, factor + last * (bytes + 8), -bytes, -8, end, end, -row);
    for (let draw = 0; draw < width; draw++) {
      for (let i = 0, at = work + (<usize>draw << 3); i < n; i++, at += row, positions += 8) {
        store<f64>(positions, load<f64>(mode + (<usize>i << 3)) + load<f64>(at));
      }
    }
  }
}

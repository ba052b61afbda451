/**
 * Vectors and matrices by triangular factors: multivariate normal, Wishart (Bartlett's decomposition, 1933),
 * and correlation matrices by the onion of Lewandowski, Kurowicka and Joe (J. Multivar. Anal. 100, 2009).
 *
 * Matrices are dense, row by row; of factors only the lower triangle is read.
 */
import { exp } from "../math/scalar";
import { drawOdds, prepareOdds } from "./beta";
import { StandardGamma, UNIT } from "./gamma";
import { normal } from "./normal";

const GAMMA = changetype<StandardGamma>(memory.data(offsetof<StandardGamma>(), 16));

// @ts-ignore: decorator
@inline
function at(matrix: usize, size: i32, row: i32, column: i32): usize {
  return matrix + (<usize>(row * size + column) << 3);
}

/** `count` vectors mean + L z; the means follow each other by `meanStep` bytes, or are one (0). */
export function fillMultivariateNormal(
  state: usize,
  out: usize,
  count: i32,
  size: i32,
  mean: usize,
  meanStep: usize,
  factor: usize,
): void {
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < size; i++) store<f64>(at(out, size, 0, i), normal(state));
    // From the last row up, so that z can be overwritten.
    for (let i = size - 1; i >= 0; i--) {
      let sum: f64 = 0;
      for (let j = 0; j <= i; j++) sum += load<f64>(at(factor, size, i, j)) * load<f64>(at(out, size, 0, j));
      store<f64>(at(out, size, 0, i), load<f64>(at(mean, size, 0, i)) + sum);
    }
    out += <usize>size << 3;
    mean += meanStep;
  }
}

/** `count` matrices L A (L A)ᵀ; `workspace` has room for one. */
export function fillWishart(
  state: usize,
  out: usize,
  count: i32,
  size: i32,
  freedom: f64,
  factor: usize,
  workspace: usize,
): void {
  for (let n = 0; n < count; n++, out += <usize>(size * size) << 3) {
    bartlett(state, out, size, freedom);
    // L A, lower triangular.
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let sum: f64 = 0;
        for (let k = j; k <= i; k++) {
          sum += load<f64>(at(factor, size, i, k)) * load<f64>(at(out, size, k, j));
        }
        store<f64>(at(workspace, size, i, j), sum);
      }
    }
    square(workspace, out, size);
  }
}

/** The factor A of a Wishart draw of unit scale: χ on the diagonal, normals below. */
function bartlett(state: usize, out: usize, size: i32, freedom: f64): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) store<f64>(at(out, size, i, j), normal(state));
    GAMMA.prepare(0.5 * (freedom - <f64>i));
    const root = sqrt<f64>(2 * GAMMA.significand(state));
    store<f64>(at(out, size, i, i), root * exp(-0.5 * UNIT * GAMMA.decay(state)));
  }
}

/** out = M Mᵀ for lower triangular M. */
function square(factor: usize, out: usize, size: i32): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum: f64 = 0;
      for (let k = 0; k <= j; k++) {
        sum += load<f64>(at(factor, size, i, k)) * load<f64>(at(factor, size, j, k));
      }
      store<f64>(at(out, size, i, j), sum);
      store<f64>(at(out, size, j, i), sum);
    }
  }
}

/** `count` Cholesky factors of correlation matrices; zeros above the diagonal. */
export function fillLkjCholesky(state: usize, out: usize, count: i32, size: i32, shape: f64): void {
  for (let n = 0; n < count; n++, out += <usize>(size * size) << 3) {
    memory.fill(out, 0, <usize>(size * size) << 3);
    store<f64>(out, 1);
    for (let i = 1; i < size; i++) {
      // A uniform direction, as long as the root of a beta draw.
      let norm: f64 = 0;
      for (let j = 0; j < i; j++) {
        const z = normal(state);
        store<f64>(at(out, size, i, j), z);
        norm += z * z;
      }
      prepareOdds(0.5 * <f64>i, shape + 0.5 * <f64>(size - 1 - i));
      const odds = drawOdds(state);
      const scale = sqrt<f64>(1 / (1 + odds) / norm);
      for (let j = 0; j < i; j++) {
        store<f64>(at(out, size, i, j), scale * load<f64>(at(out, size, i, j)));
      }
      store<f64>(at(out, size, i, i), odds === Infinity ? 1 : sqrt<f64>(odds / (1 + odds)));
    }
  }
}

/** `count` correlation matrices; `workspace` has room for one. */
export function fillLkj(state: usize, out: usize, count: i32, size: i32, shape: f64, workspace: usize): void {
  for (let n = 0; n < count; n++, out += <usize>(size * size) << 3) {
    fillLkjCholesky(state, workspace, 1, size, shape);
    square(workspace, out, size);
    // The rows of the factor have length 1 up to rounding.
    for (let i = 0; i < size; i++) store<f64>(at(out, size, i, i), 1);
  }
}

/**
 * Cholesky factor of a symmetric matrix, of which the lower triangle is read and overwritten; −1, or the row
 * where it fails to be positive definite.
 */
export function factorise(matrix: usize, size: i32): i32 {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let residual = load<f64>(at(matrix, size, i, j));
      for (let k = 0; k < j; k++) {
        residual -= load<f64>(at(matrix, size, i, k)) * load<f64>(at(matrix, size, j, k));
      }
      if (j < i) store<f64>(at(matrix, size, i, j), residual / load<f64>(at(matrix, size, j, j)));
      else if (!(residual > 0) || residual === Infinity) return i;
      else store<f64>(at(matrix, size, i, i), sqrt<f64>(residual));
    }
  }
  return -1;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan 2013, §8.5): slower than
 * tridiagonal reduction, as accurate as the matrix allows, and simple.
 */
import { exchangeElements } from "./exchange";

/** More sweeps than any matrix needs; convergence is quadratic. */
const SWEEPS = 60;
/** Relative to both diagonal elements, a smaller element changes nothing. */
const RELATIVE: f64 = 1.1102230246251565e-16;
/** Relative to the whole matrix, the same where the diagonal vanishes. */
const ABSOLUTE: f64 = 1e-22;

/**
 * Eigenvalues in ascending order, and rows of `vectors` that belong to them: of length 1, the component of largest
 * magnitude positive. Reads the upper triangle of `a`; `work` holds n×n. All NaN where an element is not finite.
 */
export function symmetricEigen(n: i32, a: usize, values: usize, vectors: usize, work: usize): void {
  const row = <usize>n << 3;
  let largest: f64 = 0;
  for (let i: usize = 0; i < row; i += 8) {
    for (let j = i; j < row; j += 8) {
      const value = load<f64>(a + (i >> 3) * row + j);
      largest = max(largest, abs(value));
      store<f64>(work + (i >> 3) * row + j, value);
      store<f64>(work + (j >> 3) * row + i, value);
    }
  }
  memory.fill(vectors, 0, <usize>n * row);
  for (let i: usize = 0; i < <usize>n; i++) store<f64>(vectors + i * (row + 8), 1);
  if (!(largest < Infinity)) {
    for (let i: usize = 0; i < <usize>n; i++) store<f64>(values + (i << 3), NaN);
    for (let i: usize = 0; i < <usize>n * row; i += 8) store<f64>(vectors + i, NaN);
    return;
  }
  const tiny = ABSOLUTE * largest;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotations = 0;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        if (rotate(n, work, vectors, p, q, tiny)) rotations++;
      }
    }
    if (rotations == 0) break;
  }
  for (let i: usize = 0; i < <usize>n; i++) store<f64>(values + (i << 3), load<f64>(work + i * (row + 8)));
  sort(n, values, vectors);
  for (let i: usize = 0; i < <usize>n; i++) fixSign(n, vectors + i * row);
}

/** Makes element (p, q) zero unless it is negligible. */
function rotate(n: i32, work: usize, vectors: usize, p: i32, q: i32, tiny: f64): bool {
  const row = <usize>n << 3;
  const rowP = work + <usize>p * row, rowQ = work + <usize>q * row;
  const columnP = <usize>p << 3, columnQ = <usize>q << 3;
  const app = load<f64>(rowP + columnP), aqq = load<f64>(rowQ + columnQ), apq = load<f64>(rowP + columnQ);
  const size = abs(apq);
  if (size <= tiny || size <= RELATIVE * sqrt(abs(app)) * sqrt(abs(aqq))) return false;
  const theta = (aqq - app) / (2 * apq);
  const tangent = (theta < 0 ? -1 : 1) / (abs(theta) + sqrt(1 + theta * theta));
  const cosine = 1 / sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  turn(n, rowP, rowQ, cosine, sine);
  for (let i: usize = 0, at = work; i < <usize>n; i++, at += row) {
    store<f64>(at + columnP, load<f64>(rowP + (i << 3)));
    store<f64>(at + columnQ, load<f64>(rowQ + (i << 3)));
  }
  store<f64>(rowP + columnP, app - tangent * apq);
  store<f64>(rowQ + columnQ, aqq + tangent * apq);
  store<f64>(rowP + columnQ, 0);
  store<f64>(rowQ + columnP, 0);
  turn(n, vectors + <usize>p * row, vectors + <usize>q * row, cosine, sine);
  return true;
}

/** (x, y) ← (c·x − s·y, s·x + c·y) */
function turn(n: i32, x: usize, y: usize, cosine: f64, sine: f64): void {
  const c = f64x2.splat(cosine), s = f64x2.splat(sine);
  for (; n >= 2; n -= 2, x += 16, y += 16) {
    const a = v128.load(x), b = v128.load(y);
    v128.store(x, f64x2.sub(f64x2.mul(c, a), f64x2.mul(s, b)));
    v128.store(y, f64x2.add(f64x2.mul(s, a), f64x2.mul(c, b)));
  }
  if (n) {
    const a = load<f64>(x), b = load<f64>(y);
    store<f64>(x, cosine * a - sine * b);
    store<f64>(y, sine * a + cosine * b);
  }
}

function sort(n: i32, values: usize, vectors: usize): void {
  for (let i = 0; i < n - 1; i++) {
    let least = i;
    for (let j = i + 1; j < n; j++) if (load<f64>(values + (<usize>j << 3)) < load<f64>(values + (<usize>least << 3))) least = j;
    if (least == i) continue;
    exchangeElements(1, values + (<usize>i << 3), values + (<usize>least << 3));
    exchangeElements(n, vectors + ((<usize>i * <usize>n) << 3), vectors + ((<usize>least * <usize>n) << 3));
  }
}

function fixSign(n: i32, x: usize): void {
  let largest: f64 = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = load<f64>(x + (i << 3));
    if (abs(value) > abs(largest)) largest = value;
  }
  if (largest > 0) return;
  for (let i: usize = 0; i < <usize>n; i++) store<f64>(x + (i << 3), -load<f64>(x + (i << 3)));
}

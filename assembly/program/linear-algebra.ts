/** Instructions of linear algebra on dense, row-major matrices. */
import { factorLu, solveLu as solveFactored } from "../linalg/lu";
import { symmetricEigen as decompose } from "../linalg/symmetric-eigen";
import { packSymmetric, unpackSymmetric } from "../linalg/symmetric";
import {
  solveLowerByRows,
  solveLowerTransposed,
  solveTriangular,
  solveUpperByRows,
  solveUpperTransposed,
} from "../linalg/triangular-solve";
import { upperCholesky } from "../linalg/upper-cholesky";
import { upperCholeskyAdjoint } from "../linalg/upper-cholesky-adjoint";
import { product } from "./contract";
import { copyElements } from "../linalg/copy";

/** U of A = UᵀU. [header, n, a, u] */
export function cholesky(pc: usize): void {
  const n = load<i32>(pc, 4);
  const u = load<usize>(pc, 12);
  upperCholesky(n, load<usize>(pc, 8), u);
  if (n == 1) v128.store(u, v128.load64_splat(u));
}

/** [header, n, u, cotangent of u, cotangent of a] */
export function choleskyAdjoint(pc: usize): void {
  const n = load<i32>(pc, 4);
  const y = load<usize>(pc, 16);
  upperCholeskyAdjoint(n, load<usize>(pc, 8), load<usize>(pc, 12), y);
  if (n == 1) v128.store(y, v128.load64_splat(y));
}

/**
 * X of op(T)·X = B with a triangular T of n×n and B of n×width.
 * [header, n, width, flags, t, b, x]; bit 0 of `flags`: T is upper triangular, bit 1: its transpose is meant.
 */
export function triangularSolve(pc: usize): void {
  const n = load<i32>(pc, 4), width = load<i32>(pc, 8), flags = load<i32>(pc, 12);
  const t = load<usize>(pc, 16), b = load<usize>(pc, 20), x = load<usize>(pc, 24);
  const row = <usize>n << 3, rowX = <usize>width << 3;
  if (width == 1) {
    if (flags == 0) solveLowerByRows(n, t, row, b, x);
    else if (flags == 1) solveUpperByRows(n, t, row, b, x);
    else {
      copyElements(x, b, n);
      if (flags == 2) solveLowerTransposed(n, t, row, x);
      else solveUpperTransposed(n, t, row, x);
    }
  } else {
    const rowT: usize = flags & 2 ? 8 : row, columnT: usize = flags & 2 ? row : 8;
    if (flags == 0 || flags == 3) solveTriangular(n, width, t, rowT, columnT, b, x, rowX);
    else {
      const last = <usize>(n - 1);
      solveTriangular(n, width, t + last * (row + 8), -rowT, -columnT, b + last * rowX, x + last * rowX, -rowX);
    }
  }
  if (n * width == 1) v128.store(x, v128.load64_splat(x));
}

/**
 * One triangle of a matrix, zeros elsewhere, the diagonal times 0, ½ or 1.
 * [header, rows, columns, flags, x, y]; bit 0 of `flags`: the upper triangle, the bits above: halves of the diagonal.
 */
export function triangularPart(pc: usize): void {
  const rows = load<i32>(pc, 4), columns = load<i32>(pc, 8), flags = load<i32>(pc, 12);
  let x = load<usize>(pc, 16), y = load<usize>(pc, 20);
  const start = y;
  const scale = 0.5 * <f64>(flags >> 1);
  const row = <usize>columns << 3;
  for (let i = 0; i < rows; i++, x += row, y += row) {
    const before = min(i, columns), after = max(columns - i - 1, 0);
    const right = <usize>(i + 1) << 3;
    if (flags & 1) {
      memory.fill(y, 0, <usize>before << 3);
      if (after) copyElements(y + right, x + right, after);
    } else {
      copyElements(y, x, before);
      if (after) memory.fill(y + right, 0, <usize>after << 3);
    }
    // A diagonal that is left out is 0 whatever stood there.
    if (i < columns) store<f64>(y + (<usize>i << 3), scale == 0 ? 0 : scale * load<f64>(x + (<usize>i << 3)));
  }
  if (rows * columns == 1) v128.store(start, v128.load64_splat(start));
}

/** P·A = L·U: n² factors, then the n exchanges. [header, n, a, lu] */
export function lu(pc: usize): void {
  const n = load<i32>(pc, 4);
  const factors = load<usize>(pc, 12);
  copyElements(factors, load<usize>(pc, 8), n * n);
  factorLu(n, factors, factors + ((<usize>n * <usize>n) << 3));
}

/** A⁻¹·B, or A⁻ᵀ·B, of a factored A. [header, n, width, transposed, lu, b, x] */
export function solveLu(pc: usize): void {
  const n = load<i32>(pc, 4), width = load<i32>(pc, 8);
  const factors = load<usize>(pc, 16), x = load<usize>(pc, 24);
  copyElements(x, load<usize>(pc, 20), n * width);
  solveFactored(n, width, factors, factors + ((<usize>n * <usize>n) << 3), load<i32>(pc, 12) != 0, x);
  if (n * width == 1) v128.store(x, v128.load64_splat(x));
}

/** n eigenvalues, n² components of eigenvectors by rows, n² for work. [header, n, a, y] */
export function symmetricEigen(pc: usize): void {
  const n = load<i32>(pc, 4);
  const y = load<usize>(pc, 12);
  const vectors = y + (<usize>n << 3);
  decompose(n, load<usize>(pc, 8), y, vectors, vectors + ((<usize>n * <usize>n) << 3));
}

/**
 * Running sums along an axis, from its end if `reverse`.
 * [header, outer, length, inner, reverse, x, y]
 */
export function cumulativeSum(pc: usize): void {
  const outer = load<i32>(pc, 4), length = load<i32>(pc, 8), inner = load<i32>(pc, 12);
  const row = <usize>inner << 3;
  const span = row * <usize>length;
  let x = load<usize>(pc, 20), y = load<usize>(pc, 24);
  const start = y;
  const step: usize = load<i32>(pc, 16) ? -row : row;
  if (load<i32>(pc, 16)) {
    x += span - row;
    y += span - row;
  }
  for (let o = 0; o < outer; o++, x += span, y += span) {
    copyElements(y, x, inner);
    let from = x + step, to = y + step;
    for (let l = 1; l < length; l++, from += step, to += step) addRows(inner, to - step, from, to);
  }
  if (outer * length * inner == 1) v128.store(start, v128.load64_splat(start));
}

/** y = a + b over exactly n elements. */
// @ts-ignore: decorator
@inline
function addRows(n: i32, a: usize, b: usize, y: usize): void {
  for (; n >= 2; n -= 2, a += 16, b += 16, y += 16) v128.store(y, f64x2.add(v128.load(a), v128.load(b)));
  if (n) store<f64>(y, load<f64>(a) + load<f64>(b));
}

/**
 * One matrix product a batch; an operand whose stride is 0 is the same in all.
 * [header, batch, m, k, n, flags, strideA, strideB, a, b, c]; flags as of `matrixProduct`, strides in bytes.
 */
export function batchedProduct(pc: usize): void {
  const m = load<i32>(pc, 8), k = load<i32>(pc, 12), n = load<i32>(pc, 16), flags = load<i32>(pc, 20);
  const strideA = load<usize>(pc, 24), strideB = load<usize>(pc, 28);
  const strideC = <usize>(m * n) << 3;
  let a = load<usize>(pc, 32), b = load<usize>(pc, 36), c = load<usize>(pc, 40);
  const start = c;
  const batch = load<i32>(pc, 4);
  for (let i = 0; i < batch; i++, a += strideA, b += strideB, c += strideC) product(m, k, n, flags, a, b, c);
  if (batch * m * n == 1) v128.store(start, v128.load64_splat(start));
}

/** [header, n, packed, matrix] */
export function symmetricUnpack(pc: usize): void {
  const n = load<i32>(pc, 4);
  const y = load<usize>(pc, 12);
  unpackSymmetric(n, load<usize>(pc, 8), y);
  if (n == 1) v128.store(y, v128.load64_splat(y));
}

/** [header, n, matrix, packed] */
export function symmetricPack(pc: usize): void {
  const n = load<i32>(pc, 4);
  const y = load<usize>(pc, 12);
  packSymmetric(n, load<usize>(pc, 8), y);
  if (n == 1) v128.store(y, v128.load64_splat(y));
}

/** Instructions of linear algebra on dense, row-major matrices. */
import {
  solveLowerByRows,
  solveLowerTransposed,
  solveTriangular,
  solveUpperByRows,
  solveUpperTransposed,
} from "../linalg/triangular-solve";
import { upperCholesky } from "../linalg/upper-cholesky";
import { upperCholeskyAdjoint } from "../linalg/upper-cholesky-adjoint";
import { copyElements } from "./layout";

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

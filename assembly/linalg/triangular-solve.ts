/**
 * Solutions of triangular systems, four rows at a time: what is known is subtracted as one product, the rest is
 * substituted in registers. A system is given as if lower triangular; an upper one is a lower one upside down, from its
 * last row with negative strides.
 */
import { dotOf } from "../program/reduce";
import { subtractProduct } from "./product";

/** Rows that are substituted together. */
const BLOCK = 4;

/**
 * to = T⁻¹·from for n×width matrices whose rows are `row` apart; T[r, q] for q ≤ r lies at t + r·rowT + q·columnT.
 * `to` may be `from`. Strides are in bytes. With `unit`, the diagonal is taken to be 1, whatever stands there.
 */
export function solveTriangular(
  n: i32, width: i32, t: usize, rowT: usize, columnT: usize, from: usize, to: usize, row: usize, unit: bool = false,
): void {
  const first = to;
  for (let i = 0; i < n; i += BLOCK) {
    const rows = min(BLOCK, n - i);
    subtractProduct(rows, i, width, t, rowT, columnT, first, row, from, row, to, row);
    substitute(rows, width, t + <usize>i * columnT, rowT, columnT, to, row, unit);
    t += rowT << 2;
    from += row << 2;
    to += row << 2;
  }
}

/** x ← T⁻¹·x in place for at most four rows. */
export function substitute(
  rows: i32, width: i32, t: usize, rowT: usize, columnT: usize, x: usize, row: usize, unit: bool = false,
): void {
  if (rows < BLOCK) {
    substituteFew(rows, width, t, rowT, columnT, x, row, unit);
    return;
  }
  const t1 = t + rowT, t2 = t1 + rowT, t3 = t2 + rowT;
  const column2 = columnT << 1, column3 = column2 + columnT;
  const t00 = inverseOf(t, unit), t11 = inverseOf(t1 + columnT, unit);
  const t22 = inverseOf(t2 + column2, unit), t33 = inverseOf(t3 + column3, unit);
  const t10 = v128.load64_splat(t1), t20 = v128.load64_splat(t2), t30 = v128.load64_splat(t3);
  const t21 = v128.load64_splat(t2 + columnT), t31 = v128.load64_splat(t3 + columnT), t32 = v128.load64_splat(t3 + column2);
  const row2 = row << 1, row3 = row2 + row;
  for (; width >= 2; width -= 2, x += 16) {
    const x0 = f64x2.mul(v128.load(x), t00);
    const x1 = f64x2.mul(f64x2.sub(v128.load(x + row), f64x2.mul(t10, x0)), t11);
    const x2 = f64x2.mul(f64x2.sub(f64x2.sub(v128.load(x + row2), f64x2.mul(t20, x0)), f64x2.mul(t21, x1)), t22);
    const x3 = f64x2.mul(
      f64x2.sub(f64x2.sub(f64x2.sub(v128.load(x + row3), f64x2.mul(t30, x0)), f64x2.mul(t31, x1)), f64x2.mul(t32, x2)),
      t33,
    );
    v128.store(x, x0);
    v128.store(x + row, x1);
    v128.store(x + row2, x2);
    v128.store(x + row3, x3);
  }
  if (width) substituteFew(rows, 1, t, rowT, columnT, x, row, unit);
}

// @ts-ignore: decorator
@inline
function inverseOf(diagonal: usize, unit: bool): v128 {
  return f64x2.splat(unit ? 1 : 1 / load<f64>(diagonal));
}

function substituteFew(
  rows: i32, width: i32, t: usize, rowT: usize, columnT: usize, x: usize, row: usize, unit: bool,
): void {
  for (; width > 0; width--, x += 8) {
    let to = x, coefficients = t;
    for (let r = 0; r < rows; r++, to += row, coefficients += rowT) {
      let value = load<f64>(to);
      let known = x, at = coefficients;
      for (let q = 0; q < r; q++, known += row, at += columnT) value -= load<f64>(at) * load<f64>(known);
      store<f64>(to, unit ? value : value / load<f64>(at));
    }
  }
}

/** x = T⁻¹·b for a vector and T lower triangular with rows `row` apart: inner products with its rows. */
export function solveLowerByRows(n: i32, t: usize, row: usize, b: usize, x: usize): void {
  for (let i = 0; i < n; i++, t += row) {
    const at = <usize>i << 3;
    store<f64>(x + at, (load<f64>(b + at) - dotOf(t, x, i)) / load<f64>(t + at));
  }
}

/** x = T⁻¹·b for T upper triangular, by inner products with its rows, from the last. */
export function solveUpperByRows(n: i32, t: usize, row: usize, b: usize, x: usize): void {
  t += row * <usize>(n - 1);
  for (let i = n - 1; i >= 0; i--, t -= row) {
    const at = <usize>i << 3;
    store<f64>(x + at, (load<f64>(b + at) - dotOf(t + at + 8, x + at + 8, n - 1 - i)) / load<f64>(t + at));
  }
}

/** x = T⁻ᵀ·x in place for T upper triangular: each solved element times its row of T leaves the rest. */
export function solveUpperTransposed(n: i32, t: usize, row: usize, x: usize): void {
  for (let i = 0; i < n; i++, t += row) {
    const at = <usize>i << 3;
    const value = load<f64>(x + at) / load<f64>(t + at);
    store<f64>(x + at, value);
    subtractScaled(n - 1 - i, value, t + at + 8, x + at + 8);
  }
}

/** x = T⁻ᵀ·x in place for T lower triangular, from the last element. */
export function solveLowerTransposed(n: i32, t: usize, row: usize, x: usize): void {
  t += row * <usize>(n - 1);
  for (let i = n - 1; i >= 0; i--, t -= row) {
    const at = <usize>i << 3;
    const value = load<f64>(x + at) / load<f64>(t + at);
    store<f64>(x + at, value);
    subtractScaled(i, value, t, x);
  }
}

/** y −= scale·x over exactly n elements. */
function subtractScaled(n: i32, scale: f64, x: usize, y: usize): void {
  const factor = f64x2.splat(scale);
  for (; n >= 4; n -= 4, x += 32, y += 32) {
    v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(factor, v128.load(x))));
    v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(factor, v128.load(x, 16))), 16);
  }
  for (; n > 0; n--, x += 8, y += 8) store<f64>(y, load<f64>(y) - scale * load<f64>(x));
}

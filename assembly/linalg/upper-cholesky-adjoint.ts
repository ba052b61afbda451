/**
 * Reverse mode through A = UᵀU by blocks of four rows, from the last: the level-3 form of Murray (2016, "Differentiation
 * of the Cholesky decomposition", arXiv:1602.07527), rearranged so that a block asks of all later ones in one product.
 */
import { dotOf } from "../program/reduce";
import { subtractProduct } from "./product";
import { substitute } from "./triangular-solve";

/**
 * The cotangent of A's upper triangle, zeros below, for that of U's upper triangle, `g`. On the way `y` holds Ā + Āᵀ of
 * the rows that are done, in both triangles.
 */
export function upperCholeskyAdjoint(n: i32, u: usize, g: usize, y: usize): void {
  const row = <usize>n << 3;
  for (let j = (n - 1) & ~3; j >= 0; j -= 4) {
    const rows = min(4, n - j);
    const rest = n - j - rows;
    const at = <usize>j * row + (<usize>j << 3);
    const right = at + (<usize>rows << 3);
    const last = <usize>(rows - 1) * (row + 8);
    // The cotangent of what was divided by the block, in place of that of the quotient.
    subtractProduct(
      rows, rest, rest, u + right, row, 8, y + right + <usize>rows * row, row, g + right, row, y + right, row,
    );
    substitute(rows, rest, u + at + last, -row, -8, y + right + <usize>(rows - 1) * row, -row);
    for (let r: usize = 0; r < <usize>rows; r++) {
      for (let c: usize = r; c < <usize>rows; c++) {
        const product = dotOf(u + right + r * row, y + right + c * row, rest);
        const place = at + r * row + (c << 3);
        store<f64>(y + place, load<f64>(g + place) - product);
      }
    }
    blockAdjoint(rows, u + at, y + at, row);
    mirror(rows, rest, y + right, y + at + <usize>rows * row, row);
  }
  for (let i: usize = 0; i < <usize>n; i++, y += row) {
    memory.fill(y, 0, i << 3);
    store<f64>(y + (i << 3), 0.5 * load<f64>(y + (i << 3)));
  }
}

/** The same for the diagonal block alone, in place, one row at a time; ends with both triangles, the diagonal twice. */
function blockAdjoint(rows: i32, u: usize, y: usize, row: usize): void {
  const end = <usize>rows << 3;
  for (let r = rows - 1; r >= 0; r--) {
    const column = <usize>r << 3;
    const ur = u + <usize>r * row, yr = y + <usize>r * row;
    const pivot = load<f64>(ur + column);
    let own = load<f64>(yr + column);
    for (let c = column + 8; c < end; c += 8) {
      const quotient = load<f64>(yr + c) / pivot;
      store<f64>(yr + c, quotient);
      own -= quotient * load<f64>(ur + c);
    }
    store<f64>(yr + column, own / pivot);
    let uq = u, yq = y;
    for (let q = 0; q < r; q++, uq += row, yq += row) {
      const above = load<f64>(uq + column);
      let sum = above * load<f64>(yr + column);
      for (let c = column + 8; c < end; c += 8) {
        const value = load<f64>(yr + c);
        sum += value * load<f64>(uq + c);
        store<f64>(yq + c, load<f64>(yq + c) - value * above);
      }
      store<f64>(yq + column, load<f64>(yq + column) - sum);
    }
  }
  for (let r: usize = 0; r < <usize>rows; r++) {
    for (let c = r + 1; c < <usize>rows; c++) store<f64>(y + c * row + (r << 3), load<f64>(y + r * row + (c << 3)));
  }
}

/** Writes the transpose of the rows×n matrix `x` to `y`. */
function mirror(rows: i32, n: i32, x: usize, y: usize, row: usize): void {
  if (rows == 4) {
    const x1 = x + row, x2 = x1 + row, x3 = x2 + row;
    let c: usize = 0;
    for (; n >= 2; n -= 2, c += 16, y += row << 1) {
      const a = v128.load(x + c), b = v128.load(x1 + c), d = v128.load(x2 + c), e = v128.load(x3 + c);
      v128.store(y, v128.shuffle<f64>(a, b, 0, 2));
      v128.store(y, v128.shuffle<f64>(d, e, 0, 2), 16);
      v128.store(y + row, v128.shuffle<f64>(a, b, 1, 3));
      v128.store(y + row, v128.shuffle<f64>(d, e, 1, 3), 16);
    }
    x += c;
  }
  for (; n > 0; n--, x += 8, y += row) {
    for (let r: usize = 0; r < <usize>rows; r++) store<f64>(y + (r << 3), load<f64>(x + r * row));
  }
}

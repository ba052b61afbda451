/**
 * A = UᵀU with U upper triangular: left-looking by blocks of four rows (Golub & Van Loan 2013, §4.2.9), whose work is a
 * product that streams over contiguous rows of U.
 */
import { subtractProduct } from "./product";
import { substitute } from "./triangular-solve";

/**
 * Reads the upper triangle of the n×n matrix `a`, writes U with zeros below its diagonal. Where A is not positive
 * definite and finite, the pivot that fails and all that depends on it are NaN.
 */
export function upperCholesky(n: i32, a: usize, u: usize): void {
  const row = <usize>n << 3;
  for (let j = 0; j < n; j += 4) {
    const rows = min(4, n - j);
    const at = <usize>j << 3;
    const block = u + <usize>j * row + at;
    subtractProduct(rows, j, n - j, u + at, 8, row, u + at, row, a + <usize>j * row + at, row, block, row);
    factor(rows, block, row);
    substitute(rows, n - j - rows, block, 8, row, block + (<usize>rows << 3), row);
    memory.fill(block - at, 0, at);
    for (let r: usize = 1; r < <usize>rows; r++) memory.fill(block + r * row - at, 0, at + (r << 3));
  }
}

/** The diagonal block itself, in place; its lower triangle stays as it is. */
function factor(rows: i32, block: usize, row: usize): void {
  let diagonal = block;
  for (let r = 0; r < rows; r++, diagonal += row + 8) {
    const pivot = load<f64>(diagonal);
    const root = pivot > 0 && pivot < Infinity ? sqrt(pivot) : NaN;
    store<f64>(diagonal, root);
    const rest = <usize>(rows - r) << 3;
    for (let c: usize = 8; c < rest; c += 8) store<f64>(diagonal + c, load<f64>(diagonal + c) / root);
    let below = diagonal;
    for (let c: usize = 8; c < rest; c += 8) {
      below += row + 8;
      const scale = load<f64>(diagonal + c);
      for (let d = c; d < rest; d += 8) store<f64>(below + d - c, load<f64>(below + d - c) - scale * load<f64>(diagonal + d));
    }
  }
}

/** Gaussian elimination with partial pivoting (Golub & Van Loan 2013, §3.4): P·A = L·U, L with a unit diagonal. */
import { exchangeElements } from "./exchange";
import { subtractProduct } from "./product";
import { solveTriangular } from "./triangular-solve";

/**
 * Factors in place: U in the upper triangle, the multipliers of L below it. `swaps` gets, as f64, the row that each step
 * exchanged with its own. A matrix that is singular gets a zero pivot and infinite or NaN elements.
 */
export function factorLu(n: i32, a: usize, swaps: usize): void {
  const row = <usize>n << 3;
  let own = a;
  for (let k = 0; k < n; k++, own += row) {
    const column = <usize>k << 3;
    let pivot = k;
    let largest = abs(load<f64>(own + column));
    let candidate = own + row;
    for (let i = k + 1; i < n; i++, candidate += row) {
      const size = abs(load<f64>(candidate + column));
      if (size > largest) {
        largest = size;
        pivot = i;
      }
    }
    store<f64>(swaps + column, <f64>pivot);
    if (pivot != k) exchangeElements(n, own, a + <usize>pivot * row);
    const divisor = load<f64>(own + column);
    let lower = own + row;
    for (let i = k + 1; i < n; i++, lower += row) store<f64>(lower + column, load<f64>(lower + column) / divisor);
    const right = column + 8;
    subtractProduct(
      n - k - 1, 1, n - k - 1, own + row + column, row, 8, own + right, row, own + row + right, row, own + row + right, row,
    );
  }
}

/** x = A⁻¹·x in place, or with `transposed` A⁻ᵀ·x, for an n×width matrix x and a factored A. */
export function solveLu(n: i32, width: i32, lu: usize, swaps: usize, transposed: bool, x: usize): void {
  const row = <usize>n << 3, rowX = <usize>width << 3;
  const lastDiagonal = lu + <usize>(n - 1) * (row + 8), lastX = x + <usize>(n - 1) * rowX;
  if (!transposed) {
    for (let k = 0; k < n; k++) exchange(k, swaps, x, width, rowX);
    solveTriangular(n, width, lu, row, 8, x, x, rowX, true);
    solveTriangular(n, width, lastDiagonal, -row, -8, lastX, lastX, -rowX);
  } else {
    solveTriangular(n, width, lu, 8, row, x, x, rowX);
    solveTriangular(n, width, lastDiagonal, -8, -row, lastX, lastX, -rowX, true);
    for (let k = n - 1; k >= 0; k--) exchange(k, swaps, x, width, rowX);
  }
}

function exchange(k: i32, swaps: usize, x: usize, width: i32, rowX: usize): void {
  const other = <i32>load<f64>(swaps + (<usize>k << 3));
  if (other != k) exchangeElements(width, x + <usize>k * rowX, x + <usize>other * rowX);
}

/** Symmetric matrices from and to their upper triangle, packed row by row. */
import { copyElements } from "./copy";

/** Both triangles of the n×n matrix `y` from n(n+1)/2 elements at `x`. */
export function unpackSymmetric(n: i32, x: usize, y: usize): void {
  const row = <usize>n << 3;
  for (let i = 0, to = y; i < n; i++, to += row + 8) {
    copyElements(to, x, n - i);
    x += <usize>(n - i) << 3;
  }
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const column = <usize>i << 3;
    let from = y + <usize>i * row + column + 8;
    let to = y + <usize>i * row + row + column;
    // The element beside the block's diagonal; then whole pairs to the right of the block.
    store<f64>(to, load<f64>(from));
    from += 8;
    to += row;
    let left = n - i - 2;
    for (; left >= 2; left -= 2, from += 16, to += row << 1) {
      const a = v128.load(from), b = v128.load(from + row);
      v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
      v128.store(to + row, v128.shuffle<f64>(a, b, 1, 3));
    }
    if (left) {
      store<f64>(to, load<f64>(from));
      store<f64>(to, load<f64>(from + row), 8);
    }
  }
}

/** The adjoint: n(n+1)/2 sums of an element and its mirror image, the diagonal once. */
export function packSymmetric(n: i32, x: usize, y: usize): void {
  const row = <usize>n << 3;
  for (let i = 0; i < n; i++) {
    const diagonal = x + <usize>i * (row + 8);
    store<f64>(y, load<f64>(diagonal));
    y += 8;
    let across = diagonal + 8, down = diagonal + row;
    let left = n - i - 1;
    for (; left >= 2; left -= 2, across += 16, down += row << 1, y += 16) {
      v128.store(y, f64x2.add(v128.load(across), v128.load64_lane(down + row, v128.load64_zero(down), 1)));
    }
    if (left) {
      store<f64>(y, load<f64>(across) + load<f64>(down));
      y += 8;
    }
  }
}

/** Cholesky factorisation of a small symmetric matrix, row by row (Golub & Van Loan 2013, §4.2). */

/**
 * Factor A = L Lᵀ: reads the lower triangle of `matrix`, writes L with zeros above its diagonal into `lower`.
 * Both have rows `rowBytes` apart, padded with zeros. Returns false, with `lower` spoilt, when A is not
 * positive definite and finite.
 */
export function cholesky(matrix: usize, rowBytes: usize, count: i32, lower: usize): bool {
  memory.fill(lower, 0, <usize>count * rowBytes);
  for (let i: usize = 0; i < <usize>count; ++i) {
    const row = lower + i * rowBytes;
    for (let j: usize = 0; j <= i; ++j) {
      const other = lower + j * rowBytes;
      let sum = f64x2.splat(0);
      for (let at: usize = 0, end = (j << 3) & ~15; at < end; at += 16) {
        sum = f64x2.add(sum, f64x2.mul(v128.load(row + at), v128.load(other + at)));
      }
      let product = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      if (j & 1) product += load<f64>(row + ((j - 1) << 3)) * load<f64>(other + ((j - 1) << 3));
      const residual = load<f64>(matrix + i * rowBytes + (j << 3)) - product;
      if (j < i) {
        store<f64>(row + (j << 3), residual / load<f64>(other + (j << 3)));
      } else {
        if (!(residual > 0) || residual == Infinity) return false;
        store<f64>(row + (j << 3), sqrt<f64>(residual));
      }
    }
  }
  return true;
}

/**
 * Products of a lower triangular matrix, stored in zero-padded rows of whole pairs of `v128`s, with a vector.
 */

/**
 * result = L x, one dot product a row. `rowBytes` separates the rows; x has zeros behind its `count`
 * elements, and the result gets them.
 */
export function multiplyLower(lower: usize, rowBytes: usize, count: i32, x: usize, result: usize): void {
  const padded = (count + 3) & ~3;
  for (let i = 0; i < padded; ++i) {
    let even = f64x2.splat(0);
    let odd = f64x2.splat(0);
    if (i < count) {
      // Elements right of the diagonal are zeros, so the row may be read in whole pairs.
      for (let at: usize = 0, end = ((<usize>i + 4) & ~3) << 3; at < end; at += 32) {
        even = f64x2.add(even, f64x2.mul(v128.load(lower + at), v128.load(x + at)));
        odd = f64x2.add(odd, f64x2.mul(v128.load(lower + at, 16), v128.load(x + at, 16)));
      }
      lower += rowBytes;
    }
    const sum = f64x2.add(even, odd);
    store<f64>(result + (<usize>i << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}

/** result = Lᵀ x, a sum of scaled rows. */
export function multiplyLowerTransposed(lower: usize, rowBytes: usize, count: i32, x: usize, result: usize): void {
  memory.fill(result, 0, ((<usize>count + 3) & ~3) << 3);
  for (let i = 0; i < count; ++i, lower += rowBytes) {
    const scale = v128.load64_splat(x + (<usize>i << 3));
    for (let at: usize = 0, end = ((<usize>i + 4) & ~3) << 3; at < end; at += 32) {
      v128.store(result + at, f64x2.add(v128.load(result + at), f64x2.mul(scale, v128.load(lower + at))));
      v128.store(result + at, f64x2.add(v128.load(result + at, 16), f64x2.mul(scale, v128.load(lower + at, 16))), 16);
    }
  }
}

/** Solves Lᵀ result = x, from the last element on; of the result only `count` elements are written. */
export function solveLowerTransposed(lower: usize, rowBytes: usize, count: i32, x: usize, result: usize): void {
  memory.copy(result, x, <usize>count << 3);
  for (let i = count - 1; i >= 0; --i) {
    const row = lower + <usize>i * rowBytes;
    const at = <usize>i << 3;
    const value = load<f64>(result + at) / load<f64>(row + at);
    store<f64>(result + at, value);
    for (let j: usize = 0; j < at; j += 8) {
      store<f64>(result + j, load<f64>(result + j) - value * load<f64>(row + j));
    }
  }
}
